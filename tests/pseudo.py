"""A language that nobody speaks: English with accents, longer by half. What is not in it did not go through gettext."""

import re
from pathlib import Path

from babel.messages.mofile import write_mo

from scripts.messages import messages

CODE = "en-xa"
ACCENTS = str.maketrans("aceinorsuyzACEINORSUYZ", "áçéíñóŕšúýžÁÇÉÍÑÓŔŠÚÝŽ")
NOT_WORDS = re.compile(r"(%\(\w+\)[sd]|%[sd%]|<[^>]*>|&\w+;|\s+)")


def compile_pseudo(folder: Path) -> None:
    """Write the catalogue below `folder`, as one of LOCALE_PATHS."""
    catalog = messages()
    catalog.locale = "en"
    for message in catalog:
        if message.id:
            message.string = _pseudo(message.id) if isinstance(message.id, str) else tuple(map(_pseudo, message.id))
    path = folder / "en_XA" / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalog)


def _pseudo(text: str) -> str:
    return "".join(part if NOT_WORDS.fullmatch(part) else _longer(part) for part in NOT_WORDS.split(text) if part)


def _longer(word: str) -> str:
    """Every letter with an accent that has one; each word longer by half."""
    turned = word.translate(ACCENTS)
    return turned + "ñé" * (len(word) // 4)
