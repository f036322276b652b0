"""What everything is written in: places in a text, edits, what is remembered, diagnostics."""
