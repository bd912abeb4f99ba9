"""Faults of notebooks, each with the message that it ends in, or with what is right instead."""

import os
import re

import broken_repository as put
import nbformat
from checkouts import KERNEL, code, notebook
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell
from what_is_right import WORST, neutralised, not_run, published, reads, shown_as_text

from helpers import data
from helpers.machinery.run import execute

CELLS = ("=1+1", "+x", "-x", "@x", "\t=1+1", "＝1", "-1.5", "1,200", "plain")
ACTIVE = (
    "<script>hacked=1</script><img src=x onerror=hacked=1><p onclick='hacked=1' style='color:red'"
    " id='page:main'>p</p><svg onload=hacked=1></svg><a href='javascript:hacked=1'>a</a><a"
    " href='//x.example'>b</a><iframe src=x></iframe><base href='http://x.example'><form"
    " action='http://x.example'></form><style>p{color:red}</style>"
)
AWAY = '<meta http-equiv="refresh" content="0;url=http://x.example/">hacked'
SOUND = nbformat.writes(notebook("1"))
OF_NOTEBOOKS = {
    "an exception": (
        put.cells("1 / 0"),
        "two, cell 3 (1 / 0): ZeroDivisionError: division by zero\nnothing is published",
    ),
    "an endless loop": (
        put.every(
            put.cells("while True:\n    pass"),
            lambda here: here.patch.setattr(execute, "CELL_LIMIT", 1),
        ),
        "two, cell 3 (while True:): CellTimeoutError: A cell timed out",
    ),
    "an exit with success": (
        put.cells("import sys\nsys.exit(0)", "1"),
        "two, cell 3 (import sys): SystemExit: 0\nnothing is published",
    ),
    "a kernel that ends": (
        put.cells("import os\nos._exit(0)", "1"),
        "two, cell 3 (import os): DeadKernelError: Kernel died\nnothing is published",
    ),
    "a warning": (
        put.cells("import warnings\nwarnings.warn('careful')"),
        "two, cell 3 (import warnings) wrote to stderr: …careful",
    ),
    "a name of a cell that is gone": (
        put.cells("total + 1"),
        "two, cell 3 (total + 1): NameError: name 'total' is not defined",
    ),
    "truncated": (
        put.book(SOUND[: len(SOUND) // 2]),
        "two.ipynb: not a readable notebook (NotJSONError",
    ),
    "empty": (put.book(""), "two.ipynb: not a readable notebook (NotJSONError"),
    "another JSON": (put.book("[]"), "two.ipynb: not a readable notebook ("),
    "not UTF-8": (
        put.book(b"\xff\xfe\0"),
        "two.ipynb: not a readable notebook (UnicodeDecodeError",
    ),
    "merge markers": (
        put.book(SOUND.replace(' "cells"', '<<<<<<< HEAD\n "cells"\n=======\n', 1)),
        "two.ipynb: merge markers are left in the file; settle the merge first",
    ),
    "format 3": (
        put.book(
            '{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]}'
        ),
        "two.ipynb: notebook format 3 is too old; open it in JupyterLab",
    ),
    "missing": (
        lambda here: (here.notebooks / "two.ipynb").unlink(),
        "two.ipynb: not a readable notebook (FileNotFoundError",
    ),
    "no parameters cell": (
        put.book(SOUND.replace('"parameters"', '"other"')),
        "two: one cell must carry the tag 'parameters', not 0",
    ),
    "two parameters cells": (
        put.cells(code("seed = 1", "parameters")),
        "two: one cell must carry the tag 'parameters', not 2",
    ),
    "a day saved by mistake": (
        put.book(SOUND.replace("2025-12-20", "2026-03-01")),
        (
            "two: as_of is '2026-03-01' in the parameters cell, the scenario article has"
            " '2025-12-20'. Put it back"
        ),
    ),
    "two names for one parameter": (
        put.book(SOUND.replace("as_of = '2025-12-20'", "chosen = as_of = '2026-03-01'")),
        "two: the parameters cell must hold plain assignments only",
    ),
    "a cell without an id": (
        put.book(re.sub(r'"id": "[0-9a-f]+",\n', "", SOUND, count=1)),
        "two.ipynb: cell 1 has no id, so no two runs would be the same",
    ),
    "two cells of one id": (
        put.book(re.sub(r'(?<="id": ")[0-9a-f]+', "twin", SOUND)),
        "two.ipynb: cell 2 has the id of cell 1, so no two runs would be the same",
    ),
    "a format without ids": (
        put.book(
            re.sub(r'"id": "[0-9a-f]+",\n', "", SOUND).replace(
                '"nbformat_minor": 5', '"nbformat_minor": 4'
            )
        ),
        "two.ipynb: cell 1 has no id, so no two runs would be the same",
    ),
    "a pipe for a notebook": (
        lambda here: (
            (here.notebooks / "two.ipynb").unlink(),
            os.mkfifo(here.notebooks / "two.ipynb"),
        ),
        "two.ipynb: not a readable notebook (OSError: [Errno 22] no plain file",
    ),
    "a table that is edited during the run and put back": (
        put.cells("import subprocess", "_ = subprocess.run(['touch', '../data/counts.csv'])"),
        "written while the run went on: data/counts.csv\nnothing is published; run it again",
    ),
    "a notebook that is edited during the run and put back": (
        put.cells("import subprocess", "_ = subprocess.run(['touch', 'one.ipynb'])"),
        "written while the run went on: notebooks/one.ipynb\nnothing is published",
    ),
    **{
        f"{call} in a cell": (
            put.cells(call),
            "RuntimeError: exit and quit would leave out the cells that follow; delete the call",
        )
        for call in ("exit()", "quit", "get_ipython().ask_exit()")
    },
    "a thread that prints later": (
        put.cells(
            "import threading, time",
            "threading.Thread(target=lambda: (time.sleep(1), print('late')), daemon=True).start()",
            "1",
        ),
        "two, cell 4 (threading.Thread(…: RuntimeError: the cell leaves a thread behind, Thread-",
    ),
    "a thread that is joined": (
        put.cells(
            "import threading\none = threading.Thread(target=print, args=('x',))",
            "one.start()\none.join()",
        ),
        published,
    ),
    "a cell that writes into the repository": (
        put.cells(f"open({str(data.DATA / 'new.csv')!r}, 'w')"),
        "PermissionError: a cell may not write data/new.csv; take a temporary file",
    ),
    "a cell that would edit a table": (
        put.cells(f"import os\nos.open({str(data.DATA / 'counts.csv')!r}, os.O_RDWR)"),
        "PermissionError: a cell may not write data/counts.csv; take a temporary file",
    ),
    "a cell that writes a temporary file": (
        put.cells("import tempfile\n_ = tempfile.TemporaryFile('w').write('x')"),
        published,
    ),
    "a cell that reads what is no input": (
        put.cells(f"open({str(data.ROOT / 'README.md')!r})"),
        "PermissionError: README.md is no input of a run; make it a table of data/",
    ),
    "a table read past the loader": (
        put.cells(f"_ = open({str(data.DATA / 'counts.csv')!r}).read()"),
        reads("counts"),
    ),
    "what a child process prints": (
        put.cells("import subprocess", "subprocess.run(['echo', 'hi']).returncode"),
        published,
    ),
    "a surrogate without its other half": (
        put.cells("import time\nprint('\\ud800')\ntime.sleep(0.5)"),
        "two, cell 3 (import time): UnicodeEncodeError: …surrogates not allowed\nnothing is pub",
    ),
    "a module beside the notebooks": (
        put.every(
            put.cells("import beside"),
            lambda here: (here.notebooks / "beside.py").write_text("print('hacked')"),
        ),
        "two, cell 3 (import beside): ModuleNotFoundError: No module named 'beside'",
    ),
    "settings of figures beside the notebooks": (
        put.every(
            lambda here: (here.notebooks / "matplotlibrc").write_text("figure.figsize: 1, 1"),
            put.reproduce("--force"),
        ),
        "notebooks/matplotlibrc would set the figures of a run; take it away",
    ),
    "modules beside the notebooks that are named like others": (
        put.every(
            put.cells("import random, helpers\nrandom.Random(1).random(), helpers.__name__"),
            *[
                lambda here, name=name: (here.notebooks / f"{name}.py").write_text("1 / 0")
                for name in ("random", "helpers", "pathlib", "matplotlib")
            ],
        ),
        published,
    ),
    "code among the parameters": (
        put.book(SOUND.replace("seed =", "import os\\nseed =")),
        "two: the parameters cell must hold plain assignments only",
    ),
    "a foreign kernel": (
        put.book(SOUND.replace('"name": "python3"', '"name": "conda-env"')),
        "two: the kernel is 'conda-env'; it must be python3",
    ),
    "not listed": (
        put.every(put.book(notebook("open('hacked', 'w')"), "foreign"), put.reproduce("--force")),
        not_run,
    ),
    "a cell that asks": (put.cells("input()"), "two, cell 3 (input()): StdinNotImplementedError: "),
    "an exception that is expected": (
        put.cells(code("1 / 0", "raises-exception"), "1"),
        "two, cell 3 (1 / 0): ZeroDivisionError: division by zero",
    ),
    "a failure after which the rest is skipped": (
        put.every(put.book(notebook("1 / 0")), put.reproduce("--force")),
        "ZeroDivisionError: division by zero\nnothing is published; skipped: one\n",
    ),
    # what a committed notebook holds
    "never run": (
        put.committed(None, None),
        (
            "small, cell 2 (as_of = '2025-12-20') was not executed; every code cell must run once,"
            " in order"
        ),
    ),
    "run out of order": (
        put.committed(1, 3, 2),
        "small, cell 3 (x) has execution count 3, not 2; every code cell must run once, in order:"
        " run make refresh",
    ),
    "run after other cells": (
        put.committed(4, 5),
        (
            "small, cell 2 (as_of = '2025-12-20') has execution count 4, not 1; every code cell"
            " must run once"
        ),
    ),
    # verdicts
    "a verdict twice": (
        put.verdicts({"id": "C24", "notebook": "two"}, {"id": "C24", "notebook": "two"}),
        "two: C24 is judged twice",
    ),
    "a verdict in the wrong notebook": (
        put.verdicts({"id": "C24", "notebook": "06-refuelling"}),
        "two: C24 belongs to 06-refuelling, as claims.csv says",
    ),
    "a verdict nowhere": (
        put.every(
            put.book(notebook("1"), "06-refuelling"),
            lambda here: here.listed(["one", "06-refuelling"], {"article": {}}),
        ),
        "not judged in any cell: C22, C23",
    ),
    # what no page can show
    "no title": (
        put.book(SOUND.replace("# A small", "A small")),
        "two: the notebook has no title; begin its first cell with '# '",
    ),
    "a picture without words": (
        put.shows({"image/png": "AAAA"}),
        "two: a figure (image/png) has no words. Draw it with a function of helpers.charts",
    ),
    "a picture in a text cell": (
        put.cells(new_markdown_cell("![x](/etc/passwd)")),
        "two: a text cell shows the image '/etc/passwd'; draw it with helpers.charts",
    ),
    "a formula that is none": (
        put.cells(new_markdown_cell("$\\frac{$")),
        "two: the formula $\\frac{$ cannot be read (",
    ),
    "a file name for alt text": (
        put.figure(alt="fleets.svg"),
        "two: figure 'fleets' has the file name 'fleets.svg' as alt text; say in a sentence",
    ),
    "a word for alt text": (
        put.figure(alt="Fleets"),
        "two: figure 'fleets' has too short an alt text, 'Fleets'; say in a whole sentence",
    ),
    "alt text without its number": (
        put.figure(alt="A bar chart that shows how many aircraft France has."),
        "two: figure 'fleets' has an alt text without a number",
    ),
    "a figure without a drawing": (
        put.figure(svg=""),
        "two: figure 'fleets' holds no SVG drawing; draw it with a function of helpers.charts",
    ),
    "a number of no row": (
        put.shows({"text/html": '<b data-rows="gone">9</b>'}),
        "two: '9' names the row 'gone', which no table holds",
    ),
    "a recipe that is none": (
        put.shows(
            {
                "text/html": (
                    '<b data-rows="order/1 order/2" data-how="sum quantity: order/1 gone">9</b>'
                )
            }
        ),
        "two: '9' was made in a way that cannot be followed, 'sum quantity: order/1 gone'",
    ),
    "a refresh whose notebook fails": (
        put.every(put.cells("1 / 0"), put.ask("refresh", *put.REPRODUCE[1:])),
        "two, cell 3 (1 / 0): ZeroDivisionError: division by zero\nnothing is published",
    ),
    "a refresh that has rewritten the notebooks when a number leads nowhere": (
        put.every(
            put.cells("from IPython.display import HTML\nHTML(\"<b data-rows='gone'>9</b>\")"),
            put.ask("refresh", *put.REPRODUCE[1:]),
        ),
        "two: '9' names the row 'gone', which no table holds",
    ),
    "a refresh whose pages cannot be built": (
        put.every(put.shows({"image/png": "AAAA"}), put.ask("refresh", *put.REPRODUCE[1:])),
        "two: a figure (image/png) has no words.",
    ),
    # what is more than text
    "markup in a title": (
        put.book(
            SOUND.replace(
                "# A small notebook",
                "# hacked <img src=x onerror=hacked=1><script>hacked=1</script>",
            )
        ),
        shown_as_text,
    ),
    "markup in prose": (
        put.cells(
            new_markdown_cell(
                f"hacked {ACTIVE}\n\n[x](javascript:hacked=1) [y](data:text/html,x)"
                " [z](file:///etc/passwd)"
            )
        ),
        shown_as_text,
    ),
    "markup in outputs": (
        put.shows(
            *[
                {kind: f"hacked {ACTIVE}"}
                for kind in ("text/html", "text/markdown", "text/latex", "text/plain")
            ]
        ),
        shown_as_text,
    ),
    "markup in a stream": (put.cells(f"print({ACTIVE!r}, 'hacked')"), shown_as_text),
    "markup in a figure": (
        put.figure(
            alt=f"hacked {ACTIVE} shows 13.",
            caption=f"hacked {ACTIVE}",
            source=WORST,
            columns=[WORST, "x"],
            table=[[WORST, "13"]],
        ),
        shown_as_text,
    ),
    "markup in raw cells": (
        put.cells(
            "print('hacked')",
            *[
                new_raw_cell(f"hacked {WORST}{ACTIVE}{AWAY}", metadata={"raw_mimetype": kind})
                for kind in ("", "text/html", "text/markdown")
            ],
        ),
        shown_as_text,
    ),
    "markup in the metadata": (
        put.book(
            nbformat.from_dict(
                notebook(
                    new_markdown_cell("hacked", metadata={"tags": [AWAY], "name": AWAY}),
                    new_code_cell("1", metadata={"tags": [AWAY], "more": AWAY}),
                )
                | {"metadata": KERNEL | {"title": AWAY, "authors": [{"name": WORST}]}}
            )
        ),
        shown_as_text,
    ),
    "markup in an attachment": (
        put.cells(
            new_markdown_cell("![x](attachment:x.svg)", attachments={"x.svg": {"text/html": AWAY}})
        ),
        "two: a text cell shows the image 'attachment:x.svg'",
    ),
    "markup for the name of a stream": (
        put.every(
            put.cells(
                new_code_cell("...", outputs=[new_output("stream", name=f'"{AWAY}', text="hacked")])
            ),
            put.without_kernels,
        ),
        shown_as_text,
    ),
    "text turned round in an output": (
        put.shows({"text/html": "<p>hacked a\u202eb\u2066c</p>"}),
        shown_as_text,
    ),
    "formulas in a shown table": (
        put.shows(
            {
                "text/html": (
                    "<table>" + "".join(f"<tr><td>{cell}</td></tr>" for cell in CELLS) + "</table>"
                )
            }
        ),
        neutralised,
    ),
}
