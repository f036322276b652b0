"""Where reports, packs and configurations are, and how the report at a path is judged."""
