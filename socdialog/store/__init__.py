"""Where a study lives on disk: fingerprints, locks, writes that happen in whole or not at all."""
