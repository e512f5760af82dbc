"""Pages: stubs, macros, and what follows the build; the only part that knows the site builder."""
