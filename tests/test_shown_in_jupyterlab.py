"""What JupyterLab is given of a notebook, and what of it is saved: links to rows as the tables are
now, and no difference that git would show.
"""

import asyncio
import copy
import importlib
import json
import re
import shutil

import pytest
from jupyter_server.serverapp import ServerApp

from helpers import data, install, scenarios
from helpers.machinery import lab
from helpers.machinery.outputs import shown_in_jupyterlab
from helpers.machinery.run import valid_notebook

NAME = "06-refuelling"


@pytest.fixture(scope="module")
def committed() -> dict:
    return json.loads(scenarios.file(NAME).read_text("utf-8"))


def links(notebook: dict) -> list:
    html = "".join(map("".join, (
        output.get("data", {}).get("text/html", "")
        for cell in notebook["cells"] for output in cell.get("outputs", [])
    )))  # fmt: skip
    plain = shown_in_jupyterlab.LED.finditer(shown_in_jupyterlab.LINE.sub("", html))
    wholes = re.findall(r'<a class="led"[^>]*>', html)
    return [(of[1], of[3], whole) for of, whole in zip(plain, wholes, strict=True)]


def test_each_number_of_an_opened_notebook_leads_to_its_row(committed):
    opened = copy.deepcopy(committed)
    shown_in_jupyterlab.with_rows(opened, "../data")
    assert len(links(opened)) == len(links(committed)) > 100
    for table, id, led in links(opened):
        text = data.content(data.DATA / f"{table}.csv").decode()
        line = data.lines(table)[id]
        assert (
            f'href="../data/{table}.csv#row={line}" ' in led
            and f'; row {line} of {table}.csv">' in led
        )
        if text.count("\n") == len(data.lines(table)) + 1:  # no cell of several lines
            assert text.splitlines()[data.lines(table)[id]].startswith(id)
    shown_in_jupyterlab.as_committed(opened)
    assert json.dumps(opened).replace("\\n", "") == json.dumps(joined(committed)).replace("\\n", "")


def joined(notebook: dict) -> dict:
    """The notebook with its HTML in one piece."""
    whole = copy.deepcopy(notebook)
    for cell in whole["cells"]:
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                output["data"]["text/html"] = "".join(output["data"]["text/html"])
    return whole


def test_a_row_that_moved_in_its_table_is_led_to_where_it_stands_now(tmp_path):
    shutil.copy(data.DATA / data.CONTRACT, tmp_path)
    file = tmp_path / "deliveries.csv"
    shutil.copy(data.DATA / file.name, file)
    before = data.lines("deliveries", tmp_path)
    head, first, *rest = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join([head, *rest, first]), "utf-8")
    now = data.lines("deliveries", tmp_path)
    assert now[first.split(",")[0]] == len(before) and before[first.split(",")[0]] == 1
    file.unlink()
    with pytest.raises(OSError):
        data.lines("deliveries", tmp_path)


def test_what_jupyterlab_notes_and_shows_is_not_saved_into_a_notebook_of_the_series(committed):
    saved = copy.deepcopy(committed)
    saved["metadata"]["language_info"] |= {"version": "3.13.0"}
    saved["metadata"]["widgets"] = {"state": {}}
    cell = next(cell for cell in saved["cells"] if cell.get("outputs"))
    cell["outputs"][0].setdefault("data", {})[shown_in_jupyterlab.LIVE] = {"model_id": "1"}
    shown_in_jupyterlab.as_committed(saved)
    assert saved["metadata"] == committed["metadata"]
    assert shown_in_jupyterlab.LIVE not in json.dumps(saved)
    saved["metadata"]["kernelspec"] = {"name": "julia"}
    shown_in_jupyterlab.as_committed(saved)
    assert valid_notebook.kernel_fault(saved), "a kernel that somebody chose is not hidden"


def test_the_server_opens_and_saves_with_these_and_leaves_other_notebooks_alone(monkeypatch):
    files = lab.Notebooks(root_dir=str(data.ROOT))
    model = asyncio.run(files.get(f"notebooks/{NAME}.ipynb"))
    assert "#row=" in json.dumps(model["content"])
    own = copy.deepcopy(model["content"])
    shown_in_jupyterlab.with_rows(own, "../../../data")
    assert {re.search(r'href="([^"#]*)/\w+[.]csv', of)[1] for _, _, of in links(own)} == {
        "../../../data"
    }
    kept = {}

    async def save(self, model, path=""):
        kept[path] = json.dumps(model["content"])
        return model

    monkeypatch.setattr(lab.AsyncLargeFileManager, "save", save)
    for path, stays in ((f"notebooks/{NAME}.ipynb", False), ("notebooks/own/mine.ipynb", True)):
        asyncio.run(files.save(copy.deepcopy(model), path))
        assert ("#row=" in kept[path]) is stays


def test_the_server_is_told_to_use_them(monkeypatch, tmp_path):
    install.link()
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    server = ServerApp()
    server.load_config_file()
    assert server.config.ServerApp.contents_manager_class == "helpers.machinery.lab.Notebooks"
    assert importlib.import_module(lab.__name__).Notebooks is lab.Notebooks


def test_numbers_are_committed_as_jupyterlab_saves_them():
    shown = {"value": 9.0, "ends": [0.5, -0.0, {"low": 1e3}], "words": "9.0"}
    assert json.dumps(valid_notebook.as_saved(shown)) == json.dumps(
        {"value": 9, "ends": [0.5, 0, {"low": 1000}], "words": "9.0"}
    )


def test_helpers_that_cannot_be_used_do_not_keep_a_notebook_from_being_opened(monkeypatch):
    def broken(notebook, folder):
        raise SyntaxError("an edit")

    monkeypatch.setattr(shown_in_jupyterlab, "with_rows", broken)
    files = lab.Notebooks(root_dir=str(data.ROOT))
    model = asyncio.run(files.get(f"notebooks/{NAME}.ipynb"))
    assert model["content"]["cells"] and "#row=" not in json.dumps(model["content"])
