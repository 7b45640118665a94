"""A case: its events, their fold, the commands a face may give, and its file format."""
