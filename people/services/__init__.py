"""Verbs of the people app, by what they are about."""

from people.services.log_ins import create_person

__all__ = ["create_person"]
