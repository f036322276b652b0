"""What the repository round a report holds, and what a report's words and links mean in it."""
