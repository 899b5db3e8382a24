"""What the public pages and the institution's first page show."""
