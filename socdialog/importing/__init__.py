"""Registers and datasets of others become raw tables: a file, a map of its columns, and nothing mended in silence."""
