"""The state of one client: its open documents, settings and configurations. No module here uses pygls."""
