"""The kernel of a run: reads no settings of the system or the environment, and ends with the
process that started it. `python -m helpers.machinery.kernels.kernel` for
`python -m ipykernel_launcher`.
"""

import gc
import logging

from ipykernel import kernelapp

from helpers.machinery import SELDOM
from helpers.machinery.kernels.end_with_parent import die_with_parent
from helpers.machinery.kernels.forbidden_in_cells import without_settings_of_others


def run() -> None:
    """Be the kernel that the arguments of this process ask for, until it is ended."""
    die_with_parent()
    gc.set_threshold(*SELDOM)
    without_settings_of_others()
    # what cannot be sent to whoever runs the cell is told as the cell's own fault
    logging.getLogger("tornado.general").setLevel(logging.CRITICAL + 1)
    kernelapp.launch_new_instance()


if __name__ == "__main__":
    run()
