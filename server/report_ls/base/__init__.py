"""What all other rooms use: places in a text, edits, memoized results, diagnostics."""
