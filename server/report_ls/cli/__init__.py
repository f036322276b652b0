"""The command: `main` finds the module that answers what is asked."""
