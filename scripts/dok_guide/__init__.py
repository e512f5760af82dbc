"""The code of the DoK Operator Security & Hardening Guide: controls in, pages and files out."""
