"""Where a study lives on disk: fingerprints, locks, all-or-nothing writes."""
