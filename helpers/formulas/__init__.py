"""What a force takes and what a fleet can keep up, in the field's own symbols; a module a subject.

Every function takes numbers or numpy arrays, which broadcast against each other, and returns a
number or an array of their common shape; composite says its own. None reads a table.
Units are kilometres, hours, kilograms and persons throughout. A rate is per ready aircraft unless
its symbol says otherwise, so readiness is divided by once. Limits are stated with each function;
each raises ValueError where its answer is not defined.
`DEFINITIONS` names the functions that a number on a page may be made by: those of every module of
this folder, whether or not it is imported by name below.
"""

import importlib
import pkgutil

from helpers.formulas.composite_index import composite
from helpers.formulas.cost_of_a_force import cost
from helpers.formulas.fighters_on_patrol import (
    alert_fighters,
    cycling_fighters,
    fighters,
    fighters_by_crews,
    fighters_by_hours,
    fighters_for_a_month,
    fighters_without_end,
    hours_flown,
    pairs_flown,
    sorties,
    tipping_distance,
    unrefuelled_station,
)
from helpers.formulas.flight_distance_and_time import (
    EARTH_RADIUS,
    HOURS_PER_DAY,
    HOURS_PER_YEAR,
    KG_PER_TONNE,
    distance,
    transit_time,
)
from helpers.formulas.front_line_density import density, line_force
from helpers.formulas.fuel_from_tankers import (
    fuel_given,
    offload,
    pairs_beside,
    patrols_carried,
    tanker_fuel,
    tankers,
)
from helpers.formulas.joint_probability import at_least, at_most, correlated, independent
from helpers.formulas.registry_of_formulas import DEFINITIONS, DIRECTIONS, model
from helpers.formulas.rotation_of_soldiers import abroad, kept_up, pool, sustained
from helpers.formulas.surveillance_orbits import (
    airborne,
    airframes_per_orbit,
    orbit_station,
    orbits,
    orbits_without_end,
)

for _module in pkgutil.iter_modules(__path__, f"{__name__}."):
    importlib.import_module(_module.name)
