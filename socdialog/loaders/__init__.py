"""The only way the rest of the code gets tables: validated, sorted by key, fresh."""
