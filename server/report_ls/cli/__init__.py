"""The command: `main` calls the module of the option that was given."""
