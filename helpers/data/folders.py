"""Where the repository, its tables and their contract stand."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
CONTRACT = "datapackage.json"
