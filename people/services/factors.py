"""Second factors: setting up, proving, removing."""

import logging
import time

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import codes, passkeys
from people.exceptions import NotAllowed, WrongLogin
from people.models import Authenticator, Passkey, RecoveryCode, User
from people.models.user import ADMINISTER, PUBLISH
from people.record import recorded
from people.services import locks
from people.services.sessions import end_sessions

logger = logging.getLogger(__name__)
MOST_PASSKEYS = 20


def needs_factor(person: User) -> bool:
    """Whether this person may do nothing at the desk without a second factor: who publishes, and administrators."""
    return bool(settings.REQUIRE_SECOND_FACTOR) and (person.has_perm(PUBLISH) or person.has_perm(ADMINISTER))


def has_factor(person: User) -> bool:
    """Whether the password alone does not open the desk for this person."""
    mine = {"person": person}
    return Authenticator.objects.filter(**mine).exists() or Passkey.objects.filter(**mine).exists()


def credentials_of(person: User) -> list[bytes]:
    """What browsers are told of this person's passkeys."""
    return [bytes(key) for key in Passkey.objects.filter(person=person).values_list("credential", flat=True)]


def encrypt(secret: str) -> str:
    """A secret as it may lie in the database."""
    return codes.encrypted(secret, keys=_keys())


def decrypt(token: str) -> str | None:
    """The secret again; None where SECRET_KEY was changed and the old one is not in SECRET_KEY_FALLBACKS."""
    return codes.decrypted(token, keys=_keys())


def set_up_authenticator(person: User, *, secret: str, code: str, keep: str) -> list[str]:
    """Take an app as second factor, once it shows the right code. Returns recovery codes with the first factor.

    keep: the key of the session that goes on; with the first factor the others end, as they knew the password alone.
    Raises WrongLogin where the code does not fit, NotAllowed where there is an app already.
    """
    step = codes.step_of(secret, _digits(code), now=time.time())
    if step is None:
        raise WrongLogin(_("This code does not fit. Type the one that the app shows now."))
    with recorded(by=person, why="set up an authenticator app"):
        first = _is_first(person)
        if Authenticator.objects.filter(person=person).exists():
            raise NotAllowed(_("An authenticator app is set up already. Remove it first to use another one."))
        Authenticator.objects.create(person=person, secret=encrypt(secret), last_step=step)
        return _after_adding(person, first=first, keep=keep)


def add_passkey(person: User, key: passkeys.Key, *, name: str, keep: str) -> list[str]:
    """Take a passkey as second factor. Returns, keep: as for set_up_authenticator. Raises NotAllowed."""
    with recorded(by=person, why="added a passkey"):
        first = _is_first(person)
        if Passkey.objects.filter(person=person).count() >= MOST_PASSKEYS:
            raise NotAllowed(_("You have as many passkeys as one person can have. Remove one first."))
        try:
            with transaction.atomic():
                Passkey.objects.create(
                    person=person,
                    name=name,
                    credential_id=key.credential_id,
                    credential=key.credential,
                    uses=key.uses,
                )
        except IntegrityError as error:
            raise NotAllowed(_("This passkey is known already.")) from error
        return _after_adding(person, first=first, keep=keep)


def make_recovery_codes(person: User) -> list[str]:
    """Ten new codes; the old ones do not work any more. Raises NotAllowed without a second factor to recover."""
    with recorded(by=person, why="made recovery codes"):
        _lock(person)
        if not has_factor(person):
            raise NotAllowed(_("Recovery codes stand in for a second factor. Set up one first."))
        return _new_codes(person)


def remove_authenticator(person: User) -> None:
    """Do without the app. Raises NotAllowed where it is the last factor of a person who needs one."""
    with recorded(by=person, why="removed the authenticator app"):
        _lock(person)
        Authenticator.objects.filter(person=person).delete()
        _after_removing(person)


def remove_passkey(person: User, pk: int) -> None:
    """Do without one passkey. Raises NotAllowed as above."""
    with recorded(by=person, why="removed a passkey"):
        _lock(person)
        Passkey.objects.filter(person=person, pk=pk).delete()
        _after_removing(person)


def reset_factors(person: User, *, by: User, why: str) -> None:
    """Take all second factors of another person away, who lost them, and end their sessions. Raises NotAllowed."""
    if by == person:
        raise NotAllowed(_("Nobody resets their own second factor. Ask another administrator."))
    if not by.has_perm(ADMINISTER) or (person.is_superuser and not by.is_superuser):
        raise NotAllowed(_("Your role does not include this."))
    if not why.strip():
        raise NotAllowed(_("Say why: it goes on the record."))
    with recorded(by=by, why=why.strip()):
        _lock(person)
        for table in (Authenticator, Passkey, RecoveryCode):
            table.objects.filter(person=person).delete()
        end_sessions(person, by=by, why=why.strip())


def check_code(person: User, code: str, *, address: str | None) -> None:
    """Take a code of the app, or a recovery code. Each works once. Raises WrongLogin, LockedOut."""
    counted = locks.subjects(person.username, address)
    locks.count_attempt(counted)
    if not (_use_app(person, _digits(code)) or _use_recovery_code(person, code)):
        raise WrongLogin(_("This code does not fit, or was used before. Type the one that the app shows now."))
    _passed(person, counted)


def check_passkey(person: User, *, origin: str, state: object, answer: str, address: str | None) -> None:
    """Take a browser's answer with one of the person's passkeys. Raises WrongLogin, LockedOut."""
    counted = locks.subjects(person.username, address)
    locks.count_attempt(counted)
    known = credentials_of(person)
    try:
        key = passkeys.read_known(origin, state=state, known=known, answer=answer)
    except passkeys.BadAnswer as error:
        raise WrongLogin(_("The passkey was not accepted. Try it again, or use another way.")) from error
    if not _use_passkey(person, key):
        raise WrongLogin(_("This passkey counts its uses wrongly, as a copy would. Use another way to log in."))
    _passed(person, counted)


def _use_app(person: User, code: str) -> bool:
    app = Authenticator.objects.filter(person=person).first()
    if app is None or len(code) != codes.DIGITS:
        return False
    secret = decrypt(app.secret)
    if secret is None:
        logger.error("The authenticator of person %s cannot be read: SECRET_KEY was changed.", person.pk)
        return False
    step = codes.step_of(secret, code, now=time.time(), after=app.last_step)
    return step is not None and _moved(
        Authenticator.objects.filter(pk=app.pk, last_step__lt=step).update(last_step=step)
    )


def _use_recovery_code(person: User, code: str) -> bool:
    unused = RecoveryCode.objects.filter(person=person, code_hash=codes.hash_of(code), used_at=None)
    with recorded(by=person, why="used a recovery code"):
        return _moved(unused.update(used_at=timezone.now()))


def _use_passkey(person: User, key: passkeys.Key) -> bool:
    """A key that counts must count up; one that always says 0 does not count."""
    mine = Passkey.objects.filter(person=person, credential_id=key.credential_id)
    mine = mine.filter(uses__lt=key.uses) if key.uses else mine.filter(uses=0)
    return _moved(mine.update(uses=key.uses, used_at=timezone.now()))


def _passed(person: User, counted: list[locks.Subject]) -> None:
    locks.take_back(counted)
    locks.clear(person)


def _moved(rows: int) -> bool:
    return rows == 1


def _lock(person: User) -> None:
    """Changes of one person's factors come one after the other."""
    User.objects.select_for_update().get(pk=person.pk)


def _is_first(person: User) -> bool:
    _lock(person)
    return not has_factor(person)


def _after_adding(person: User, *, first: bool, keep: str) -> list[str]:
    if not first:
        return []
    end_sessions(person, by=person, why="set up a second factor", keep=keep)
    return _new_codes(person)


def _after_removing(person: User) -> None:
    if has_factor(person):
        return
    if needs_factor(person):
        raise NotAllowed(_("Your role needs a second factor, and this is the last one. Set up another one first."))
    RecoveryCode.objects.filter(person=person).delete()


def _new_codes(person: User) -> list[str]:
    RecoveryCode.objects.filter(person=person).delete()
    plain = codes.new_recovery_codes()
    RecoveryCode.objects.bulk_create(RecoveryCode(person=person, code_hash=codes.hash_of(code)) for code in plain)
    return plain


def _digits(code: str) -> str:
    """A code as typed, without the blank that apps show in its middle."""
    plain = "".join(code.split())
    return plain if plain.isascii() and plain.isdecimal() else ""


def _keys() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
