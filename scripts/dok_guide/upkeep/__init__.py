"""Keeping what is known of an operator: files to begin with, and what a release changes."""
