"""From an operator's manifests to findings: what of the controls they can answer, they answer."""
