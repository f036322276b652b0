"""What lies beside a report: which file a target means, on disk and in git."""
