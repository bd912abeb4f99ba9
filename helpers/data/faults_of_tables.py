"""How a fault of a table is told, and the faults of files, headers, cells and the contract
itself.
"""

from dataclasses import dataclass

from helpers import word_check


class DataError(word_check.Told):
    """A table cannot be used as it is; the message lists every finding.

    `code` is the code of the first finding.
    """

    def __init__(self, message: str, code: str = "data"):
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, order=True)
class Finding:
    """One fault of a table: where it is, which rule it breaks and how to mend it."""

    table: str
    line: int
    column: str
    value: str
    rule: str
    fix: str
    code: str = ""

    def __str__(self) -> str:
        column = f" {self.column[:80]!a}".replace("'", "") if self.column else ""
        value = f" {self.value[:80]!a}" if self.value else ""
        file = self.table if "." in self.table else f"{self.table}.csv"
        path = file if "/" in file else f"data/{file}"
        return f"{path}:{self.line}{column}{value}: {self.rule}. {self.fix}"


@dataclass(frozen=True)
class Rule:
    """A rule that tables keep: its code, and the sentence and fix of a finding that breaks it.

    Sentence and fix may name words in braces, which the finding gives.
    """

    code: str
    sentence: str
    fix: str

    def broken(
        self, table: str, line: int = 1, column: str = "", value: str = "", /, **words: object
    ) -> Finding:
        """The finding that a table breaks the rule.

        Parameters
        ----------
        table : str
            The name of the table, or of a file in data/, or the path of another file.
        line : int
            The line of the file.
        column, value : str
            The column and the cell, where the fault is one of a cell.
        **words : object
            What the sentence and the fix name in braces.
        """
        sentence, fix = self.sentence.format(**words), self.fix.format(**words)
        return Finding(table, line, column, value, sentence, fix, self.code)


RESTORE = "Restore it with git"
SAVE = "Save it as 'CSV UTF-8', comma separated"
CONTRACT_UNREADABLE = Rule("contract-unreadable", "the contract cannot be read ({reason})", RESTORE)
CONTRACT_NOT_JSON = Rule(
    "contract-not-json", "not JSON ({reason})", "Mend the line or restore the file with git"
)
CONTRACT_MALFORMED = Rule(
    "contract-malformed", "not a Data Package in UTF-8 with named resources", RESTORE
)
CONTRACT_LACKS = Rule("contract-lacks", "the contract lacks the {what}", RESTORE)
FILE_TOO_LARGE = Rule(
    "file-too-large",
    "the file is larger than the limit of {limit:,} bytes",
    "Split it or look for a pasted file",
)
FILE_UTF_16 = Rule("file-utf-16", "the file is UTF-16", SAVE)
FILE_NOT_UTF_8 = Rule("file-not-utf-8", "the file is not UTF-8", SAVE)
FILE_UNREADABLE = Rule("file-unreadable", "the file cannot be read ({reason})", RESTORE)
MERGE_LEFT = Rule("merge-markers", "merge markers are left in the file", "Settle the merge first")
HEADER_MISSING = Rule(
    "header-missing",
    "no header",
    "The first line names the columns; an empty file is not 'zero': restore it",
)
WRONG_SEPARATOR = Rule("wrong-separator", "cells are separated by {separator}", SAVE)
COLUMN_UNNAMED = Rule(
    "column-unnamed",
    "a column without a name",
    "Delete it: a spreadsheet may have left an empty last column",
)
COLUMN_TWICE = Rule("column-twice", "the column stands twice", "Keep one of them")
COLUMN_UNKNOWN = Rule("column-unknown", "unknown column", "{hint}")
COLUMN_MISSING = Rule("column-missing", "missing column", "Add it, empty where unknown")
NOT_CSV = Rule("not-csv", "not readable as CSV ({reason})", "{hint}")
CELL_COUNT = Rule(
    "cell-count",
    "{cells} cells where the header has {columns}",
    "Quote a cell that holds a comma; delete blank lines",
)
DIGITS = "Digits only, a point for decimals; empty where unknown"
NOT_WHOLE = Rule("not-a-whole-number", "not a whole number", DIGITS)
NOT_A_NUMBER = Rule("not-a-number", "not a plain finite number", DIGITS)
TABLE_EMPTY = Rule(
    "table-empty", "the table is empty", "A table without rows is not 'zero': restore it"
)
ID_TWICE = Rule("id-twice", "the id stands twice", "Give each row its own")
