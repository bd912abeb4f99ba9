"""What datapackage.json states of the tables: their columns, their keys, and all of them
together.
"""

import functools
import json
from pathlib import Path

from helpers import word_check
from helpers.data.faults_of_tables import (
    CONTRACT_LACKS,
    CONTRACT_MALFORMED,
    CONTRACT_NOT_JSON,
    CONTRACT_UNREADABLE,
    DataError,
)
from helpers.data.folders import CONTRACT, DATA
from helpers.data.plain_files import content, text


def package(folder: Path = DATA) -> dict:
    """What datapackage.json says of all tables together: title, description, version."""
    contract(folder)  # refuses what is none
    return json.loads(text(folder / CONTRACT))


@functools.cache
def contract(folder: Path = DATA) -> dict[str, dict]:
    """The contract of every table by name, as datapackage.json states it.

    Raises DataError where that file is no contract.
    """
    try:
        package = json.loads(content(folder / CONTRACT).decode())
        resources = {resource["name"]: resource for resource in package["resources"]}
        if lacks := next(filter(None, map(_lacks, resources.values())), None):
            fault = CONTRACT_LACKS.broken(CONTRACT, what=lacks)
            raise DataError(str(fault), fault.code)
        return resources
    except DataError:
        raise
    except RecursionError:
        fault = CONTRACT_NOT_JSON.broken(CONTRACT, reason="nested too deep")
    except OSError as error:
        fault = CONTRACT_UNREADABLE.broken(CONTRACT, reason=error.strerror)
    except json.JSONDecodeError as error:
        fault = CONTRACT_NOT_JSON.broken(CONTRACT, error.lineno, reason=error.msg)
    except (ValueError, TypeError, KeyError):
        fault = CONTRACT_MALFORMED.broken(CONTRACT)
    raise DataError(str(fault), fault.code)


def _lacks(resource: dict) -> str:
    """What the contract of a table lacks without which no table can be read; empty if nothing."""
    schema = resource["schema"]
    for name in ("primaryKey", "missingValues", "fields"):
        if not isinstance(schema.get(name), list) or not schema[name]:
            return f"{name} of {resource['name']}"
    for number, column in enumerate(schema["fields"], 1):
        for name in ("name", "type", "description"):
            if not isinstance(column.get(name), str):
                return f"{name} of column {number} of {resource['name']}"
    return ""


def _schema(table: str, folder: Path) -> dict:
    """What the contract declares of a table; raises WordError for one that it does not name."""
    tables = contract(folder)
    return tables[word_check.word("table", table, tables)]["schema"]


def columns(table: str, folder: Path = DATA) -> dict[str, dict]:
    """The columns of a table by name, in the contract's order."""
    return {column["name"]: column for column in _schema(table, folder)["fields"]}


def key(table: str, folder: Path = DATA) -> str:
    """The column that identifies a row of the table."""
    return _schema(table, folder)["primaryKey"][0]
