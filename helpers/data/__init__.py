"""Load the tables of data/, and look at the world they describe on one day; one module a
question.
"""

from helpers.data.cached_selections import (
    CACHED,
    DATED,
    ROSTER,
    UNDATED,
    UndeclaredError,
    selection,
)
from helpers.data.contract_of_tables import columns, contract, key, package
from helpers.data.csv_tables import (
    LARGEST_CELL,
    LARGEST_TABLE,
    MERGE_MARKER,
    NUMBER,
    READ,
    TABLES_READ,
    load,
    parse,
    read,
)
from helpers.data.dates_as_spans import Span, span
from helpers.data.faults_of_tables import (
    CELL_COUNT,
    COLUMN_MISSING,
    COLUMN_TWICE,
    COLUMN_UNKNOWN,
    COLUMN_UNNAMED,
    CONTRACT_LACKS,
    CONTRACT_MALFORMED,
    CONTRACT_NOT_JSON,
    CONTRACT_UNREADABLE,
    DIGITS,
    FILE_NOT_UTF_8,
    FILE_TOO_LARGE,
    FILE_UNREADABLE,
    FILE_UTF_16,
    HEADER_MISSING,
    ID_TWICE,
    MERGE_LEFT,
    NOT_A_NUMBER,
    NOT_CSV,
    NOT_WHOLE,
    RESTORE,
    SAVE,
    TABLE_EMPTY,
    WRONG_SEPARATOR,
    DataError,
    Finding,
    Rule,
)
from helpers.data.folders import CONTRACT, DATA, ROOT
from helpers.data.plain_files import content, text
from helpers.data.rows_as_frame import NO_CLIPBOARD, Rows
from helpers.data.rows_by_id import (
    GRADES,
    grade,
    in_jupyterlab,
    known,
    known_row,
    lines,
    place,
    row,
    table_of,
    words_of,
)
from helpers.data.whose_word import OWN_WORD, SILENT, first_publisher, known_as, quoted
from helpers.data.world_on_a_day import OLD_AFTER, TIMINGS, World
