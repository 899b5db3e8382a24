"""What every room stands on: journal, documents, jobs, mail, page components; it imports no room."""
