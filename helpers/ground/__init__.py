"""How large a ground force members could keep up, by what they once kept on operations and by what
they declare, against the sizes proposed and the length of the line; one module a question.
"""

from helpers.ground.density_of_earlier_forces import density_rows
from helpers.ground.formations import formation_rows, formations
from helpers.ground.kept_up_in_rows_and_charts import (
    LEADERS,
    driver_rows,
    in_short,
    kept_marks,
    parameter_rows,
    reach_rows,
    reached,
    released_title,
    state_rows,
    variant_items,
    variants,
    way_rows,
    who_items,
    who_title,
)
from helpers.ground.plans_beside_the_model import (
    JUDGED,
    PLANNED,
    declared_rows,
    judged_rows,
    parts,
    planned_rows,
    record_items,
    record_title,
    within,
)
from helpers.ground.sizes_proposed import (
    SIZES,
    named_rows,
    pools,
    proposal_items,
    proposal_rows,
    proposal_title,
    proposals,
    proposed,
    size,
    size_marks,
)
from helpers.ground.soldiers_abroad import (
    abroad_rows,
    counted,
    garrisons,
    on_operations,
    settled,
    together,
)
from helpers.ground.soldiers_kept_up import (
    APART,
    RELIEFS,
    SERVICES,
    SHARES,
    STANDINGS,
    declared_by,
    offers,
    record,
    recorded,
    recorded_by,
    sent_by,
    sustained,
    sustained_by,
)
from helpers.ground.soldiers_of_a_state import FORCE, active, conscripts, land_personnel, persons
from helpers.ground.who_could_be_asked import WHO, Relied, beyond, relied_on, states
