def words(listed: str) -> frozenset[str]:
    """The words of a list, written as running text: a word a line would fill pages."""
    return frozenset(listed.split())
