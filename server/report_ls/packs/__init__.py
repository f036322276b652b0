"""What a course asks: packs, and which edition a report belongs to."""
