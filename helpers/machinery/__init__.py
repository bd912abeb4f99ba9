"""Run the notebooks and publish what they find. It knows the notebooks only as files; nothing the
notebooks call imports it.
"""

import sys

# A second guard beside the grid of helpers/grid.py: the environment in which commands, kernels and
# tests take the same code on every x86-64 processor, and one BLAS thread. numpy reads it at import.
SAME_CODE = {
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    "OPENBLAS_CORETYPE": "Nehalem",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}

# else jsonschema builds grammars of addresses, for most of a second, that nothing here checks
sys.modules.setdefault("rfc3987_syntax", None)
