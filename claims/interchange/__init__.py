"""Lists of claims and sources, as CSV and JSON lines. Pure: bytes in, rows out, and back.

docs/import-export.md describes the columns for those who write such files.
"""

from claims.interchange.columns import CLAIM, PUBLISHED, READ, SOURCE, SOURCES
from claims.interchange.reading import Fault, List, ListError, Row, read_list
from claims.interchange.writing import csv_lines, json_lines

__all__ = [
    "CLAIM",
    "PUBLISHED",
    "READ",
    "SOURCE",
    "SOURCES",
    "Fault",
    "List",
    "ListError",
    "Row",
    "csv_lines",
    "json_lines",
    "read_list",
]
