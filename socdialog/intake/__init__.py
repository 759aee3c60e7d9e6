"""From raw frames to clean frames: exact reading, checking, names, linking, disagreements. Pure but for reading."""
