"""Surveillance aircraft and satellites: what the article names, who else has the like, and how many
orbits that keeps up; one module a question.
"""

from helpers.surveillance.could_europe_see import by_other_bars, eyes, in_short, kept_aloft
from helpers.surveillance.fleets_and_owners import (
    ABSENT,
    AIRCRAFT,
    ASSETS,
    LIKENESS,
    OWNERS,
    RADAR,
    SATELLITE,
    SENSORS,
    Asset,
    american,
    american_count,
    count,
    fleets,
    none_found,
    owned_by,
    pairs,
    part_words,
    share,
)
from helpers.surveillance.fleets_in_rows_and_charts import (
    asset_rows,
    class_and_type_items,
    counterparts,
    fleet_rows,
    order_rows,
    owner_rows,
    share_title,
    warning_rows,
    warning_search,
)
from helpers.surveillance.orbits_kept_up import (
    AT_CAPACITY,
    at_capacity,
    driver_rows,
    needed,
    orbit_rows,
    orbit_title,
    orbits,
    orbits_without_end,
    parameter_rows,
    radar_orbits,
    record_rows,
    recorded,
    recorded_words,
    spread_items,
    what_binds,
    whose_orbits,
)
from helpers.surveillance.published_shares import (
    WATCHING,
    american_share,
    attribution_rows,
    campaign_rows,
    published_rows,
)
