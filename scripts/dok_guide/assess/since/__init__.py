"""What an upgrade changes: two installs of an operator, side by side."""
