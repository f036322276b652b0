"""report-ls: a language server and a command for exam reports written in a course's template."""

__version__ = "0.1.0"
