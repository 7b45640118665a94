"""Reports: one summary model, many renderings."""
