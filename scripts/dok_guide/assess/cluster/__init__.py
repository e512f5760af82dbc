"""A running cluster: the script that collects from it, and what its objects answer."""
