"""Make the site: plan, run notebooks in fresh warm processes, keep what is unchanged, swap in whole."""
