"""A short article of our own, as a page."""

PARAGRAPHS = (
    "The harbour office of Westmouth said on Tuesday that five of the seven ferries had failed their yearly test.",
    "It was the first time since 1991 that a ferry had been taken out of service, according to the mayor, Ada Moss.",
    "Ms Moss said the town would pay for repairs, and that no one had been hurt in the two accidents this summer.",
)


def page(*paragraphs: str, head: str = "", lang: str = "en") -> str:
    """An HTML page around `paragraphs`, or around the article above."""
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or PARAGRAPHS)
    return (
        f'<!doctype html><html lang="{lang}"><head>{head}</head><body><nav><a href="/">Home</a></nav>'
        f"<article>{body}</article><footer>All rights reserved</footer></body></html>"
    )
