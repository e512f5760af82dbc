"""What judges manifests: CEL, checks, and objects as Kubernetes reads them."""
