"""Lints and proofs over loaded pathways."""
