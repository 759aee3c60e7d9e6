"""What a reader sees: values with their evidence, sentences computed from results, tables, charts."""
