"""Plain text."""

from articles.exceptions import RefusedText
from articles.parsing.article import TEXT_LIMIT, TOO_LONG, ParsedArticle, refuse_bad_text
from articles.parsing.characters import direction_notes, remove_unwanted
from articles.parsing.decoding import decode
from articles.parsing.language import detect_language


def parse_text(body: bytes, *, charset: str = "") -> ParsedArticle:
    """Read plain text. Nothing is changed but that NUL and control characters are taken out, with a note.

    Line ends and white space stay, so that offsets into what was sent are offsets into the text.
    Raises RefusedText for text that is empty or over the limit.
    """
    if len(body) > 4 * TEXT_LIMIT + 4:  # more than any encoding needs for that many characters
        raise RefusedText(TOO_LONG)
    decoded, decoding_notes = decode(body, charset)
    text, removal_notes = remove_unwanted(decoded)
    refuse_bad_text(text)
    notes = decoding_notes + removal_notes + direction_notes(text)
    return ParsedArticle(text=text, language=detect_language(text), notes=notes)
