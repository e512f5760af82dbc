"""What several commands share at the terminal: options, progress, output."""
