"""The plain face: lines of text in the order of reading. It decides nothing."""
