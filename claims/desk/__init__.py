"""The desk: the editors' admin. One file per page or part of a page."""
