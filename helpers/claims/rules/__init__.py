"""The rules, one module a subject, each named as its notebook."""
