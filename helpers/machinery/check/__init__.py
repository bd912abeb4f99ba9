"""The data contract, checked."""
