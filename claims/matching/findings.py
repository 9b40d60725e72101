"""What a comparison has found so far, from the point of view of the first statement."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Difference:
    """kind: number, date, negation, entity, direction, quantifier or role; query and candidate: verbatim or ""."""

    kind: str
    query: str
    candidate: str

    def mirrored(self) -> "Difference":
        return Difference(self.kind, self.candidate, self.query)


@dataclass(slots=True)
class Findings:
    """sure: differences that make two statements two; open: those that may; doubts: what else stands against `same`.

    first: a rank of one that only one side names, which "none before" on the other may stand for.
    turned: a number on one side is what is left by the number on the other, so one of the two must be denied.
    """

    sure: list[Difference] = field(default_factory=list)
    open: list[Difference] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    guessed: list[str] = field(default_factory=list)
    first: list[Difference] = field(default_factory=list)
    turned: bool = False

    def differ(self, kind: str, ours: str, theirs: str, *, sure: bool = True) -> None:
        (self.sure if sure else self.open).append(Difference(kind, ours, theirs))

    def one_sided(self, kind: str, ours: str, theirs: str, *, rank: bool = False, weak: bool = False) -> None:
        """Only one of the two says this; weak: it hardly matters."""
        if weak:
            self.guessed.append(f"{kind} on one side")
        elif rank:
            self.first.append(Difference(kind, ours, theirs))
        else:
            self.open.append(Difference(kind, ours, theirs))
