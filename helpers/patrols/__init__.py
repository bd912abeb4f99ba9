"""Air patrols: how far they are from their bases, what one takes, and how many tankers and fighters
keep up.
"""

from helpers.patrols.distances import (
    BASES,
    CHOICES,
    area_marks,
    base_of,
    distance,
    distance_to,
    nearest,
    skies,
)
from helpers.patrols.one_patrol import (
    DURATIONS,
    LIMITS,
    TYPE,
    alert,
    area_rows,
    base_rows,
    binding,
    fighters,
    limit_rows,
    limits,
    short_of,
    stays,
    tanker_fuel,
    tipping,
    tipping_items,
    tipping_title,
    types,
)
from helpers.patrols.pairs_kept_up import (
    WHOSE,
    alert_in_short,
    both,
    escort_rows,
    fighter_rows,
    flown_by,
    fuel_in_short,
    kept,
    kept_rows,
    parameter_rows,
    plan_rows,
    search_rows,
    what_binds,
)
from helpers.patrols.tankers import (
    CAMPAIGN,
    FLEETS,
    carried,
    carried_rows,
    driver_rows,
    given,
    offload,
    pairs_by_fuel,
    support_items,
    support_rows,
    support_title,
)
