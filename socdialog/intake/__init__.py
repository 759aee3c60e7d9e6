"""From raw frames to clean frames: exact reading, checking, names, linking, conflicts. Pure but for reading."""
