"""The parts of README.md and data/README.md that commands write."""
