"""The command: one edge."""
