"""Rows of a table as a frame that is shown, written and copied with its ids once."""

from typing import Any

import pandas as pd

NO_CLIPBOARD = (
    "There is no clipboard here: Linux needs xclip, xsel or wl-clipboard and a screen."
    " to_excel('table.xlsx') or to_csv('table.csv') write a file instead"
)


class Rows(pd.DataFrame):
    """Rows of a table with their ids as the index and in a column too: they are shown and written
    once. Options are those of pandas.
    """

    @property
    def _constructor(self) -> type["Rows"]:
        return Rows

    # pandas' own ways for its own frames: those for others copy every block, a tenth of a judgement
    def _constructor_from_mgr(self, mgr: Any, axes: Any) -> "Rows":
        return Rows._from_mgr(mgr, axes)

    def _constructor_sliced_from_mgr(self, mgr: Any, axes: Any) -> pd.Series:
        cells = pd.Series._from_mgr(mgr, axes)
        object.__setattr__(cells, "_name", None)  # whoever asked names them
        return cells

    def _repeats(self) -> list[str]:
        """The columns that say the same as the index."""
        return [name for name, cells in self.items() if self.index.equals(pd.Index(cells))]

    def _index_once(self) -> dict[str, bool]:
        return {"index": not self._repeats()}

    def __repr__(self) -> str:
        return repr(pd.DataFrame(self).drop(columns=self._repeats()))

    def _repr_html_(self) -> str:
        """Every column: words from the left on one line, numbers from the right, what is unknown
        empty; what is too wide is scrolled.
        """
        shown = pd.DataFrame(self).drop(columns=self._repeats())
        numbers = [
            str(place)
            for place, (_, cells) in enumerate(shown.items(), shown.index.nlevels + 1)
            if pd.api.types.is_numeric_dtype(cells)
        ]
        name = "-".join(["rows", *numbers])
        right = ", ".join(f".{name} table :is(td, th):nth-child({place})" for place in numbers)
        style = f".{name} table :is(td, th) {{text-align: left !important; white-space: nowrap}}"
        if numbers:
            style += f" {right} {{text-align: right !important}}"
        with pd.option_context("display.max_columns", None):
            table = shown._repr_html_().replace("&lt;NA&gt;", "")
        return f'<style>{style}</style><div class="{name}" style="overflow-x: auto">{table}</div>'

    def sort_values(self, *by: Any, **options: Any) -> Any:
        """As of pandas, but rows that are alike stay in their order: which of them came first would
        hang on the processor.
        """
        return super().sort_values(*by, **{"kind": "stable"} | options)

    def to_excel(self, *to: Any, **options: Any) -> None:
        """Write the rows into a workbook, as pandas does, their ids once."""
        super().to_excel(*to, **self._index_once() | options)

    def to_csv(self, *to: Any, **options: Any) -> str | None:
        """Write the rows as CSV, as pandas does, their ids once."""
        return super().to_csv(*to, **self._index_once() | options)

    def to_clipboard(self, **options: Any) -> None:
        """Put the rows on the clipboard; raises RuntimeError where the system has none."""
        try:
            super().to_clipboard(**self._index_once() | options)
        except RuntimeError:
            raise RuntimeError(NO_CLIPBOARD) from None
