"""What a post on a social network carries around its words: links, #tags, @names and a signature."""

import re

LINK = re.compile(r"(?:https?:|www\.|pic\.twitter\.com/)\S*", re.IGNORECASE)
# "— Ann Lee (@annlee) February 25, 2016", at the end of a post that was embedded in a page.
SIGNATURE = re.compile(r"—\s?[^—\n]{0,100}\(@\w+\)[^—\n]{0,40}\Z")
TAG = re.compile(r"[#@](\w+)")
# Where words begin in "PortoBridge", "DAM2018" and "ferry_370".
WORD_BEGINS = re.compile(r"_+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)")


def without_links(text: str) -> str:
    """Take out links and take #tags and @names apart into words; the signature stays, as it says who speaks."""
    # Links are often stuck to the word before them.
    return TAG.sub(lambda tag: f" {WORD_BEGINS.sub(' ', tag[1])} ", LINK.sub(" ", text))


def statement_of(text: str) -> str:
    """The statement alone: without links and signature, in single spaces, #tags and @names as words."""
    plain = " ".join(without_links(SIGNATURE.sub("", LINK.sub(" ", text).strip())).split())
    return plain or text
