"""pathwizard: a terminal work-up assistant whose medicine is read from pathway definitions."""

__version__ = "0.1.0"
