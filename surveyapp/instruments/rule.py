"""A condition as data, and the context it may look at."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace

PLACEMENT_TYPES = ("SFA", "LAB", "TIS", "TIR", "ISO", "ACA", "A14", "ASS")
YES_NO = ("yes", "no")

# The fields of the context that rules and text variables may name, with their values where these are closed.
CONTEXT_VALUES: dict[str, tuple[str, ...]] = {
    "province": (),
    "ambito": (),
    "placement_type": PLACEMENT_TYPES,
    "paid": YES_NO,
    "host_type": ("company", "cooperative"),
    "executing_host": YES_NO,
}
# These a rule may name too; they belong to the questionnaire, not to its subject.
OWN_FIELDS = ("occasion", "form", "variant")


@dataclass(frozen=True)
class Context:
    """Where and about what a questionnaire is given; an empty field is not known, or makes no sense."""

    province: str = ""
    ambito: str = ""
    placement_type: str = ""
    paid: str = ""
    host_type: str = ""
    executing_host: str = ""

    def only(self, names: Collection[str]) -> "Context":
        """The same context without the fields that nobody looks at."""
        return replace(self, **{field.name: "" for field in fields(self) if field.name not in names})


@dataclass(frozen=True)
class Rule:
    """A condition: `operator` is a key of rules.OPERATORS, the other fields are what it needs.

    `item`, `codes` and `number` are for conditions on an answer, `among` for the context (field, values),
    `parts` for rules made of rules.
    """

    operator: str
    item: str = ""
    codes: tuple[int, ...] = ()
    number: float = 0.0
    among: tuple[tuple[str, tuple[str, ...]], ...] = ()
    parts: tuple["Rule", ...] = ()

    def items(self) -> frozenset[str]:
        """Every item that the rule looks at."""
        own = frozenset([self.item] if self.item else [])
        return own.union(*(part.items() for part in self.parts))

    def fields(self) -> frozenset[str]:
        """Every field of the context that the rule looks at."""
        own = frozenset(name for name, _ in self.among)
        return own.union(*(part.fields() for part in self.parts))

    def leaves(self) -> tuple["Rule", ...]:
        """The conditions that it is made of."""
        return (self,) if not self.parts else tuple(leaf for part in self.parts for leaf in part.leaves())

    def size(self) -> int:
        """How much there is to look at: its conditions, each with its codes or values."""
        return sum(
            max(1, len(leaf.codes), sum(len(values) for _, values in leaf.among)) for leaf in self.leaves()
        )

    def about(self, rename: dict[str, str]) -> "Rule":
        """The same rule about other items."""
        parts = tuple(part.about(rename) for part in self.parts)
        return replace(self, item=rename.get(self.item, self.item), parts=parts)


def all_of(*rules: Rule | None) -> Rule | None:
    """The rule that every given rule holds; None when none is given."""
    given = [rule for rule in rules if rule is not None]
    return given[0] if len(given) == 1 else Rule("all", parts=tuple(given)) if given else None
