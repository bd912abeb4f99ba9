"""Run notebooks: execute, show progress, work in the background, fail with a message."""
