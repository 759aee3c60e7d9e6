"""What builds the documentation: pages of the reference, the metrics and the data dictionary, from their sources."""
