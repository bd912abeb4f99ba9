"""Whose word a source is: its publisher, or whom it quotes by name."""

import re
from collections.abc import Mapping
from typing import Any

OWN_WORD = ("text", "official")  # of `said_by`: what a state or body says itself
SILENT = "not named"  # of `quoted_publisher`: a page that does not say whose report it passes on


def quoted(source: Mapping[str, Any]) -> str:
    """Whom a source quotes by name; '' where it speaks for itself or keeps silent."""
    name = source["quoted_publisher"] or ""
    return "" if name == SILENT else name


def first_publisher(source: Mapping[str, Any]) -> str:
    """Whose report a source is: of whom it quotes by name, else its own publisher's."""
    return quoted(source) or source["publisher"]


def known_as(source: Mapping[str, Any], first: bool = True) -> str:
    """A source as readers are told it: by whose report it is, and where that is no more than the
    address of a site, by its title too.

    first  whom it quotes by name counts before its own publisher
    """
    publisher = first_publisher(source) if first else source["publisher"]
    if not re.search(r"(^|[ (])[a-z\d-]+(\.[a-z\d-]+)*\.[a-z]{2,}\b", publisher):
        return publisher
    return f"{publisher}, “{source['title']}”" if source["title"] else publisher
