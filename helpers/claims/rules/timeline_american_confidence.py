"""C15: whether American officials were confident that Russia would accept."""

from typing import Literal

import pandas as pd

from helpers import data, quantities, tables
from helpers.claims import Outcome, rule
from helpers.claims.searched_outcome import settled
from helpers.sources_that_count import origins, reputable, voice
from helpers.tables import Row, Sentence
from helpers.timeline import ON_TROOPS, day_of, statements


@rule("C15")
def officials_confident(
    world: data.World, about: Literal["forces-and-banner", "package"]
) -> Outcome:
    """Whether a reputable report has unnamed American officials confident: of forces outside NATO's
    banner, or of a package of guarantees. One report is enough for what was reported.
    """
    banner = _confident(world, "European forces outside NATO's banner")
    package = _confident(world, "a package of guarantees")
    rows = banner if about == "forces-and-banner" else package
    return settled(
        "C15",
        world,
        True if len(rows) else None,
        rows,
        missing="whether officials said so: no report that names both was read",
        line=_confidence_line(world, about, banner, package),
    )


def _confident(world: data.World, subject: str) -> pd.DataFrame:
    """What reputable reports by the day have unnamed American officials expect of Russia."""
    rows = statements(world, "USA", subject)
    rows = rows[(rows["stance"] == "confident") & (rows["said_by"] == "unnamed")]
    return rows.loc[[reputable(world, source) for source in rows["source_id"]]]


def _confidence_line(
    world: data.World, about: str, banner: pd.DataFrame, package: pd.DataFrame
) -> Sentence:
    numbers = {
        name: quantities.count(origins(world, rows), "reports")
        for name, rows in (("n", banner), ("m", package))
    }
    if about == "package":
        return tables.say(
            "Officials are confident of a package of guarantees in {m}.",
            m=tables.number_of(numbers["m"], "independent report"),
        )
    own = statements(world, "USA", *ON_TROOPS)
    own = own[(own["office"] == "president") & own["said_by"].isin(data.OWN_WORD)]
    own = own[own["stance"] == "confident"].tail(1)
    template = "In {n} unnamed officials are" if len(banner) else "In {n} are unnamed officials"
    template += " confident that Russia will accept European forces"
    template += " outside NATO's banner, in {m} that it will accept a package of guarantees"
    template += "; the president had said nearly the same on record on {day}." if len(own) else "."
    papers = [Row(id, voice(world, row["source_id"])) for id, row in banner.iterrows()]
    reports = tables.number_of(numbers["n"], "report")
    return tables.say(
        template,
        n=tables.say("{reports} ({papers})", reports=reports, papers=papers) if papers else reports,
        m=tables.or_none(numbers["m"]),
        **({"day": day_of(own.iloc[0])} if len(own) else {}),
    )
