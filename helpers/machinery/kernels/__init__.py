"""Where and how the kernels of a run start."""
