"""A review as people fill it in: its model, the formats it is passed on in, and the report."""
