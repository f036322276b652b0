"""The language server: LSP in, `analyze` in the middle, LSP out.

The home of pygls and lsprotocol. One small module per feature; each decides in `register` whether
the client takes it. Nothing here judges a report.
"""
