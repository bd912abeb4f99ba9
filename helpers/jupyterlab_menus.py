"""Controls for JupyterLab: an explorer's assumptions as menus, and the row that they choose."""

import math

import ipywidgets

from helpers import tables
from helpers.tables import Table


def menus(axes: tuple[tuple[str, int, int], ...], table: Table) -> ipywidgets.Widget:
    """A menu for each axis of a table of answers, and under them the row that they choose.

    Parameters
    ----------
    axes : tuple of (str, int, int)
        The names of the assumptions, how many choices each has, and the one to begin with.
    table : Table
        The answers: the first columns hold the choices, the rows stand in the order of the axes,
        the last one fastest.
    """
    sizes = [size for _, size, _ in axes]
    strides = [math.prod(sizes[place + 1 :]) for place in range(len(sizes))]
    columns = list(table.rows[0])[: len(axes)]
    chosen = [
        ipywidgets.Dropdown(
            description=name,
            options=[
                (tables.plain(table.rows[number * stride][column]), number)
                for number in range(size)
            ],
            value=begin,
            style={"description_width": "initial"},
            layout={"width": "max-content"},
        )
        for (name, size, begin), stride, column in zip(axes, strides, columns, strict=True)
    ]
    shown = ipywidgets.HTML().add_class("jp-RenderedHTMLCommon")  # looks like other tables

    def show(_=None) -> None:
        row = sum(menu.value * stride for menu, stride in zip(chosen, strides, strict=True))
        shown.value = Table(table.caption, (table.rows[row],))._repr_html_()

    for menu in chosen:
        menu.observe(show, "value")
    show()
    return ipywidgets.VBox([*chosen, shown])
