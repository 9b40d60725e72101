"""Who works here, how they prove who they are, and the record of what they did."""

from people.models.factors import Authenticator, Passkey, RecoveryCode
from people.models.invitation import Invitation
from people.models.locks import Attempts, LoginLock
from people.models.record import RecordEntry
from people.models.sessions import DeskSession
from people.models.user import Role, User

__all__ = [
    "Attempts",
    "Authenticator",
    "DeskSession",
    "Invitation",
    "LoginLock",
    "Passkey",
    "RecordEntry",
    "RecoveryCode",
    "Role",
    "User",
]
