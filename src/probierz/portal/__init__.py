"""The public website and each role's first page. It has no rows of its own."""
