"""What a teacher needs to write a pack."""
