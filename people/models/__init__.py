"""Who works here, how they prove who they are, what they are told, and the record of what they did."""

from people.models.draft import Draft
from people.models.factors import Authenticator, Passkey, RecoveryCode
from people.models.invitation import Invitation
from people.models.locks import Attempts, LoginLock
from people.models.notices import Mail, Notice, NoticeChoice
from people.models.record import RecordEntry, RecordEntryQuerySet
from people.models.sessions import DeskSession
from people.models.tokens import ApiToken, Scope
from people.models.user import Role, User

__all__ = [
    "ApiToken",
    "Attempts",
    "Authenticator",
    "DeskSession",
    "Draft",
    "Invitation",
    "LoginLock",
    "Mail",
    "Notice",
    "NoticeChoice",
    "Passkey",
    "RecordEntry",
    "RecordEntryQuerySet",
    "RecoveryCode",
    "Role",
    "Scope",
    "User",
]
