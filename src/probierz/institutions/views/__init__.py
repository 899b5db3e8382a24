"""HTTP in, HTTP out: the office's register, its imports, the panel of a representative."""
