"""What an author writes: models, loading, and diagnostics with file:line:column."""
