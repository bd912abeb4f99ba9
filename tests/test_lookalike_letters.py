"""Letters that look like others, and text read in a wrong encoding."""

import pytest

from helpers.machinery.check import lookalike_letters
from helpers.machinery.check.rule_book import Row


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("TÃ¼rkiye", "Türkiye"), ("donâ€™t", "don’t"), ("Türkiye", None), ("Âge", None), ("", None)],
)
def test_text_read_in_a_wrong_encoding_is_mended(text, wanted):
    assert lookalike_letters.mended(text) == wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [("KC-135", "KC\u2011135"), ("KC-135", "KC-l35"), ("Élysée", "Elysee"), ("RC-2O", "rc-20")],
)
def test_names_that_look_alike_have_one_outline(one, other):
    assert lookalike_letters.outline(one) == lookalike_letters.outline(other)


def test_japanese_stands_next_to_latin_letters_but_not_cyrillic():
    schema = {"fields": [{"name": "quoted", "type": "string"}]}

    def said(words):
        rows = [Row("capabilities", {"line": 2, "quoted": words})]
        return [
            fault.code for fault in lookalike_letters.words_are_of_one_alphabet(rows, schema, {})
        ]

    assert said("空自E2Dは計8機") == []
    assert said("空自E2Dе") == ["mixed-letters"], "the last e is Cyrillic"
