"""The language server: it reads LSP messages, judges reports with `analyze`, and writes LSP messages.

Only this package uses pygls and lsprotocol. Each feature is one small module, whose `register` decides whether
the client supports it. No check is in this package.
"""
