"""A real PostgreSQL and a real broker under var/, for a machine where nothing is configured.

    Whoever needs a service calls `start` and holds a shared lock on one file per service for the rest of
    its life; the kernel lets go of it however that life ends. One keeper process per var directory
    (keeper.py) is the parent of both servers: it runs a server while its file is locked, starts it again
    when it dies, and stops it when nobody is left.

The addresses are computed and start nothing, so settings can be read without a service.
"""

from config.embedded import places
from config.embedded.errors import EmbeddedError

__all__ = ["EmbeddedError", "broker_url", "cache_url", "database_url", "kept", "start", "stop"]


def database_url() -> str:
    """The embedded database, as dj-database-url reads it: the socket's directory percent-encoded as host."""
    host = places.postgres_sockets().replace("/", "%2F")
    return f"postgresql://{places.NAME}@{host}:{places.POSTGRES_PORT}/{places.NAME}"


def broker_url() -> str:
    """The embedded broker, as Celery reads it."""
    return f"redis+socket://{places.broker_socket()}"


def cache_url() -> str:
    """The same server's second database, as Django's RedisCache reads it."""
    return f"unix://{places.broker_socket()}?db=1"


def start(*, postgres: bool, broker: bool) -> None:
    """Make sure the wanted services answer, and hold them for the life of this process.

    Call it as often as you like: a service already held that answers costs about a millisecond.
    Raises EmbeddedError, and then holds nothing more than before.
    """
    # Imported here, for a process that only reads addresses pays for none of it.
    from config.embedded import holding

    holding.start(postgres=postgres, broker=broker)


def stop() -> None:
    """Let go of the services; comes back when they have stopped, or at once where others still use them."""
    from config.embedded import holding

    holding.stop()


def kept() -> bool:
    """True while the keeper lives. It is the keeper's business that the servers do."""
    from config.embedded import holding

    return holding.kept()
