"""What a run or a check must come to where nothing is to be refused."""

import re
from pathlib import Path

import pandas as pd
from bs4 import BeautifulSoup
from checkouts import files

from helpers import data, quantities
from helpers.machinery.outputs import cache_of_verdicts_ahead, manifest

COUNT, SIGNED, A330 = (
    ("counts", "count/2025-12-15"),
    ("signatories", "signatory/gbr"),
    ("capabilities", "tanker/fra/2025-12"),
)
WORST = (
    "</script><!--<script>hacked = 1</script><img src=x onerror='hacked = 1'><a"
    " href='javascript:hacked=1'>x</a>"
)


# What is right where nothing is to be refused.


def loaded(folder: Path) -> dict[str, pd.DataFrame]:
    return {table: data.load(table, folder).sort_index() for table in data.contract(folder)}


def the_same_tables(here, said):
    """What is read is what was read before, in whichever order."""
    before, after = loaded(here.good / "data"), loaded(here.tables.path)
    for table in before:
        pd.testing.assert_frame_equal(before[table], after[table])
    one, other = data.World(folder=here.good / "data"), data.World(folder=here.tables.path)
    assert one.members() == other.members()
    pd.testing.assert_frame_equal(one.fleets("tanker"), other.fleets("tanker"))


def at_least(here, said):
    fleets = data.World(folder=here.tables.path).fleets("tanker")
    total = quantities.total(fleets, "in_service")
    assert (str(total), total.unknowns) == ("at least 2", 2)


def stays(table: str, id: str, /, **wanted):
    """The cells are read as they were written."""

    def check(here, said):
        assert data.load(table, here.tables.path).loc[id, list(wanted)].to_dict() == wanted

    return check


def tells(*words: str):
    """The command succeeds and says so."""

    def check(here, said):
        assert [word for word in words if word not in said] == []

    return check


def shown_as_text(here, said):
    """No page holds anything active; the words can be read."""
    everything = ""
    for file in (here.outputs / "article").glob("*.html"):
        page = BeautifulSoup(file.read_text("utf-8"), "html.parser")
        everything += page.get_text()
        assert {script.get("type") for script in page.find_all("script")} <= {
            None,
            "application/json",
            "application/ld+json",
        }
        assert len(page.find_all("script", type=None)) == 1 and not page.select(
            "[onerror], [onclick], [style], iframe, form[action], base, [http-equiv=refresh i]"
        )
        assert not [
            link
            for link in page.find_all("a")
            if re.match("(javascript|data|file):|//", link["href"], re.I)
        ]
        assert all(image["src"].startswith("data:image/svg+xml") for image in page.find_all("img"))
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", str(page))
    assert "hacked" in everything


def neutralised(here, said):
    """No cell of an exported table begins as a formula; a negative number is still one."""
    exported = [
        pd.read_csv(file, dtype=str, header=None, keep_default_na=False)
        for file in (here.outputs / "article/tables").glob("*.csv")
    ]
    found = {cell for table in exported for cell in table.to_numpy().ravel()}
    assert {"'=1+1", "'+x", "'@x", "'-x", "'＝1", "-1.5", "1200", "plain"} <= found
    assert not [cell for cell in found if re.match(r"[=＝@\t]|[+-](?!\d)", cell)]


def published(here, said):
    """A run was published, whole."""
    assert manifest.altered(here.outputs / "article", manifest.last(here.outputs / "article")) == {}


def reads(*tables: str):
    """The manifest says that the second notebook reads these tables."""

    def check(here, said):
        assert manifest.last(here.outputs / "article")["notebooks"]["two"] == list(tables)

    return check


def undisturbed(here, said):
    """A run was published, and no kernel had anything to complain of."""
    published(here, said)
    assert "warn" not in said.lower()


def not_run(here, said):
    published(here, said)
    assert not list(here.root.rglob("hacked"))


def healed(here, said):
    published(here, said)
    left = {path.name for path in here.outputs.iterdir()} - {
        cache_of_verdicts_ahead.KEPT
    }  # kept for other runs
    assert left == {".article.lock", "article"}


def as_before(here, said):
    """What is published is what it was before it was tampered with."""
    assert files(here.outputs / "article") == files(here.good / "outputs/article")
