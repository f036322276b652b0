"""Files of data, read with the place of each piece: the only homes of YAML and TOML. Nothing here knows a report."""
