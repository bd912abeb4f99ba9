"""Run the notebooks and publish what they find. It knows the notebooks only as files; nothing the
notebooks call imports it.
"""

import sys

sys.modules.setdefault(
    "rfc3987_syntax", None
)  # else jsonschema builds grammars of addresses, for most of a second, that nothing here checks
