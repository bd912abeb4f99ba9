"""Run the notebooks and publish their results; no module that a notebook imports imports it."""

import sys
from typing import Any

# A second guard beside helpers/rounding.py: the environment in which commands, kernels and tests
# take the same code on every x86-64 processor, and one BLAS thread. numpy reads it at import.
SAME_CODE = {
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    "OPENBLAS_CORETYPE": "Nehalem",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}

# How many objects commands, kernels and tests make before Python searches them for cycles: by its
# own measure (700, 10, 10) the searches take 4 % of a run.
SELDOM = (100_000, 20, 20)

# Without this jsonschema spends most of a second on grammars of addresses that nothing here checks.
modules: dict[str, Any] = sys.modules
modules.setdefault("rfc3987_syntax", None)
