"""A study of one's own: the folder with which it starts."""
