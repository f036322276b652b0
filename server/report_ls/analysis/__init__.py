"""What is said of a report: the only door to a judgement of a text."""
