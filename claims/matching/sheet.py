"""A parsed statement while it is being read: which of its words have been understood already."""

from dataclasses import dataclass, field

from claims.extraction.tree import Tree


@dataclass(slots=True)
class Sheet:
    """tree: the parse. taken: by token, whether a number, a date or a phrase has used it up."""

    tree: Tree
    taken: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.taken = [tag == "_SP" for tag in self.tree.tag]

    def __len__(self) -> int:
        return len(self.tree)

    def take(self, first: int, end: int) -> str:
        """Use up the tokens from `first` to `end` (exclusive) and return them as written."""
        for token in range(first, end):
            self.taken[token] = True
        return self.tree.span_text(list(range(first, end)))

    def free(self, first: int, end: int) -> bool:
        return not any(self.taken[first:end])

    def lower(self, first: int, end: int) -> tuple[str, ...]:
        """The words from `first` to `end` in small letters; fewer where the text ends before."""
        return tuple(self.tree.lower[max(first, 0) : end])

    def at(self, token: int, *patterns: str) -> int:
        """How many tokens the longest of `patterns` that stands at `token` has, 0 if none does."""
        best = 0
        for pattern in patterns:
            words = tuple(pattern.split())
            if len(words) > best and self.lower(token, token + len(words)) == words:
                best = len(words)
        return best

    def ending_at(self, end: int, *patterns: str) -> int:
        """The same for patterns that end before token `end`."""
        best = 0
        for pattern in patterns:
            words = tuple(pattern.split())
            if best < len(words) <= end and self.lower(end - len(words), end) == words:
                best = len(words)
        return best
