"""Verbs: every write of more than one row and every change of status. One file per part of the line."""
