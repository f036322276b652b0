"""One client's state: its open documents, settings and configurations. No module here knows pygls."""
