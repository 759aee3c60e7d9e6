"""The published site: page shell, index, quality and codebook pages, downloads, manifest."""
