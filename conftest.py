"""nbval compares pictures too: it would pass over PNG and JPEG, and a tampered figure with them."""

COMPARED_OTHERWISE = (
    "metadata",
    "traceback",
    "output_type",
    "name",
    "execution_count",
)  # not part of what a reader sees


def pytest_collectstart(collector):
    if collector.__class__.__name__ == "IPyNbFile":
        collector.skip_compare = COMPARED_OTHERWISE


def pytest_collection_modifyitems(items):
    """The notebooks first, the last of them before all: it judges every claim, and would keep one
    worker busy when all else is done.
    """
    items.sort(
        key=lambda item: item.path.name if item.path.suffix == ".ipynb" else "", reverse=True
    )
