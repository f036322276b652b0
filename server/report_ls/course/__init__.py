"""What the course makes of a report: its script's counts, and the page that is handed in."""
