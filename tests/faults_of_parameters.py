"""Faults of parameters and scenarios, each with the message that it ends in, or with what is right
instead.
"""

import os

import broken_repository as put
from what_is_right import tells

DAY = "as_of takes a day as YYYY-MM-DD, from 2025-02-17 on"
OF_PARAMETERS = {
    "an unknown scenario": (
        put.reproduce("--scenario", "artikel"),
        "unknown scenario 'artikel'. There are article, read-only.",
    ),
    "no scenario": (
        put.reproduce("--scenario", ""),
        "unknown scenario ''. There are article, read-only.",
    ),
    **{
        f"the scenario {name!a}": (
            put.reproduce("--scenario", name),
            f"unknown scenario {name!a}. There are article",
        )
        for name in ("../x", "article/../x", "article\n")
    },
    "a scenario that is a whole path": (
        put.at_a_path,
        "unknown scenario '…/outside'. There are article, read-only.",
    ),
    "outputs that are a whole path": (
        put.published_at_a_path,
        "'…/outside' is no folder of outputs/",
    ),
    **{
        f"the day {day!a}": (put.reproduce("--as-of", day), f"{DAY}, not {day!r}.")
        for day in (
            "2025-13-01",
            "2025-02-29",
            "01/02/2025",
            "tomorrow",
            "2025-12-20\n",
            "2026-03-01/../x",
            "2025-12-20'; import os",
            "２０２５-12-20",
        )
    },
    "a day before the data": (
        put.reproduce("--as-of", "2024-12-31"),
        "no data before 2025-02-17; as_of takes a day as YYYY-MM-DD",
    ),
    "a day after the data": (
        put.reproduce("--as-of", "2030-01-01"),
        tells("note: the data end on 20"),
    ),
    "a name misspelt": (
        put.scenario({"yeer": 2025}),
        "unknown parameter 'yeer'. There are as_of, roster, evidence, seed.",
    ),
    "a name nearly right": (
        put.scenario({"as_off": "2025-12-20"}),
        "unknown parameter 'as_off'. Did you mean 'as_of'?",
    ),
    "code in a name": (
        put.scenario({"seed = 1; import os": 1}),
        "unknown parameter 'seed = 1; import os'.",
    ),
    "lines in a name": (
        put.scenario({"seed\nimport os": 1}),
        r"unknown parameter 'seed\nimport os'.",
    ),
    "a number for a day": (put.scenario({"as_of": 12}), f"{DAY}, not 12."),
    "quotes in a value": (
        put.scenario({"roster": "europe'\nimport os"}),
        'roster takes one of attested, europe, without-turkiye, not "europe\'\\nimport os".',
    ),
    **{
        f"{seed} for a seed": (
            put.scenario({"seed": seed}),
            f"seed takes a whole number from 0 to 2^63 - 1, not {seed!r}.",
        )
        for seed in ("abc", 1.3, -1, float("inf"), float("nan"), True)
    },
    "an empty selection": (
        put.scenario({"roster": ""}),
        "roster takes one of attested, europe, without-turkiye, not ''.",
    ),
    "a list for a selection": (
        put.scenario({"evidence": ["read"]}),
        "evidence takes one of all, read, not ['read'].",
    ),
    "a notebook out of the folder": (
        put.scenario({}, ["one", "../../x"]),
        "notebooks/scenarios.yml: '../../x' is no name",
    ),
    "a notebook twice": (
        put.scenario({}, ["one", "one"]),
        "notebooks/scenarios.yml: one is listed twice",
    ),
    "a scenario twice": (
        put.yml(
            "notebooks: [one, two]\nscenarios:\n  article: {}\n  latest: {}\n  latest: {evidence:"
            " read}"
        ),
        "notebooks/scenarios.yml cannot be read: latest stands twice",
    ),
    "a notebook that is a number": (
        put.scenario({}, ["one", 2]),
        "notebooks/scenarios.yml: 2 is no name for a notebook or scenario",
    ),
    "a listed scenario out of the folder": (
        put.every(
            lambda here: here.listed(["one"], {"../x": {}}), put.reproduce("--scenario", "../x")
        ),
        "notebooks/scenarios.yml: '../x' is no name",
    ),
    "a scenario named as another folder": (
        put.every(
            lambda here: here.listed(["one"], {"sweep": {}}), put.reproduce("--scenario", "sweep")
        ),
        "notebooks/scenarios.yml: 'sweep' is no name",
    ),
    "a scenario article that changes something": (
        lambda here: here.listed(["one"], {"article": {"evidence": "read"}}),
        "notebooks/scenarios.yml: the scenario article is what",
    ),
    "a scenario without its changes": (
        put.yml("notebooks: [one]\nscenarios: {article: }"),
        "notebooks/scenarios.yml must list notebooks by name",
    ),
    "a list that is no YAML": (
        put.yml("notebooks: [one]\nscenarios: {article: {}}}"),
        "notebooks/scenarios.yml cannot be read: …line 2, column 25",
    ),
    "a list with an order in it": (
        put.yml("notebooks: !!python/object/apply:os.system [touch hacked]"),
        "notebooks/scenarios.yml cannot be read: could not determine",
    ),
    "a list that is not UTF-8": (put.yml(b"\xff\xfe"), "notebooks/scenarios.yml cannot be read: "),
    "a list that is missing": (
        lambda here: (here.notebooks / "scenarios.yml").unlink(),
        "notebooks/scenarios.yml cannot be read: ",
    ),
    "no grid": (put.ask("sweep"), "Wanted: PARAMS='as_of=2025-12-20,2026-03-01 evidence=all,read'"),
    "a grid without values": (
        put.ask("sweep", "--parameters", "evidence="),
        "evidence takes one of all, read, not ''.",
    ),
    "a grid with an unknown name": (
        put.ask("sweep", "--parameters", "yeer=1"),
        "unknown parameter 'yeer'.",
    ),
    "a grid of unknown notebooks": (
        put.ask("sweep", "--parameters", "seed=1", "--notebooks", "../x"),
        "unknown notebook '../x'. There are one, two.",
    ),
    "a grid of code": (
        put.ask("sweep", "--parameters", "__import__('os')=1"),
        "\"__import__('os')\" is no name for a sweep",
    ),
    "a grid that is not there": (
        put.ask("sweep", "--grid", "../../x.yml"),
        "'../../x.yml' is no grid ([Errno 2] No such file or directory",
    ),
    "a grid whose name is a folder's": (
        put.grid("...yml", "parameters: {seed: [1]}"),
        "'..' is no name for a sweep",
    ),
    "a text for a list in a grid": (
        put.grid("it.yml", "parameters: {seed: '12'}"),
        "it.yml' is no grid (seed has no list of values)",
    ),
    "a pipe for a grid": (
        put.every(
            lambda here: os.mkfifo(here.root / "it.yml"),
            lambda here: put.ask("sweep", "--grid", str(here.root / "it.yml"))(here),
        ),
        "it.yml' is no grid ([Errno 22] no plain file",
    ),
    "a pipe for the scenarios": (
        lambda here: (
            (here.notebooks / "scenarios.yml").unlink(),
            os.mkfifo(here.notebooks / "scenarios.yml"),
        ),
        "notebooks/scenarios.yml cannot be read: [Errno 22] no plain file",
    ),
    **{
        f"a notebook called {name}": (
            lambda here, name=name: here.listed(["one", name], {"article": {}}),
            f"scenarios.yml: a notebook cannot be called {name}: a page of the site has that name",
        )
        for name in ("index", "Report", "data", "sources", "data-counts")
    },
    "a grid of a kept folder": (
        put.grid(".points.yml", "parameters: {seed: [1]}"),
        "'.points' is no name for a sweep",
    ),
    "a grid with an order in it": (
        put.grid("g.yml", "parameters: !!python/object/apply:os.system [touch hacked]"),
        "is no grid (could not determine",
    ),
    "a comparison out of the folder": (
        put.ask("compare", "--from", "../x", "--to", "article"),
        "unknown scenario '../x'. There are article",
    ),
    "a comparison with no day": (
        put.ask("compare", "--to", "2025-13-01"),
        f"{DAY}, not '2025-13-01'.",
    ),
    "no jobs": (
        put.ask("reproduce", "--jobs", "0"),
        "argument --jobs: '0' is no whole number from 1 on",
    ),
}
