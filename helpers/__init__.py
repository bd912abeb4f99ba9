"""What the notebooks call: sourced rows in, judged claims, tables and figures out."""
