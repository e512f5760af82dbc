"""The commands of `dok-guide`, one module each."""
