"""Import registers and datasets of others: a file, a map of its columns, and corrections that the map declares."""
