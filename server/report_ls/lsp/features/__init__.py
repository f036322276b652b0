"""One module for each feature of the protocol: each has a `register`."""
