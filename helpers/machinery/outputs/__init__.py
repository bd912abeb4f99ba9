"""What outputs/ holds: manifests, verdicts gathered from notebooks, replacing a folder whole."""
