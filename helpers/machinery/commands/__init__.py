"""One module a command of the Makefile, each with a function run."""
