"""What goes over the wire: messages, positions, what the client takes. No module here knows a report."""
