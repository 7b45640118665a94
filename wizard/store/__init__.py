"""Keeps events, and nothing else."""
