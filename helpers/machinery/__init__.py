"""Run the notebooks and publish what they find. It knows the notebooks only as files; nothing the notebooks call imports it."""
