"""Settings, urls, navigation and the command line: it knows everyone and nobody knows it."""
