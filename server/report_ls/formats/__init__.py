"""How an analysis is written down: one module per format, each a function from results to text."""
