"""How a rule tells what the worker loses under it: one sentence with all of it."""

from collections.abc import Iterable, Sequence

from recruitwatch.contracts.rules.checking.changes import REST_PAID_OUT
from recruitwatch.contracts.rules.naming import NAMED
from recruitwatch.contracts.values.checking import Change, Fault, Loss
from recruitwatch.errors import COMMA, N_, SEMICOLON, Message, Value, listed

WORSE = N_("This became worse for the worker: %(changes)s.")
V09_MONEY = N_("Rest days are now paid out in money.")
V12 = N_("Only the newer paper has this: %(papers)s.")
V15 = N_("These clauses were there before and are gone: %(clauses)s.")
V18 = N_("There is more work in the household than was agreed: %(changes)s.")
CHANGED = N_("%(label)s: %(old)s → %(new)s")
AS_BEFORE = N_("As before: %(old)s.")
AS_IN_OLDER = N_("Nothing worse than in the earlier paper.")

# Rules with a sentence of their own, the name of the list in it, and what stands between its parts.
_SENTENCES = {
    "CHK-V12": (V12, "papers", SEMICOLON),
    "CHK-V15": (V15, "clauses", COMMA),
    "CHK-V18": (V18, "changes", SEMICOLON),
}
_WORSE = (WORSE, "changes", SEMICOLON)


def lost(change: Change) -> Loss:
    """A change for the worse as a loss."""
    label = Message(change.label)
    return Loss(
        of=change.name,
        said=Message(CHANGED, {"label": label, "old": change.old, "new": change.new}),
        before=Message(NAMED, {"label": label, "value": change.old}),
        size=change.by,
    )


def before(value: Value) -> Message:
    """What a paper would have to say: the same as before."""
    return Message(AS_BEFORE, {"old": value})


def lost_under(rule: str, losses: Iterable[Loss]) -> Fault:
    """One fault of a rule that tells all of these losses."""
    every: Sequence[Loss] = tuple(losses)
    old = [one.before for one in every if one.before is not None]
    expected = before(listed(old, SEMICOLON)) if old else Message(AS_IN_OLDER)
    sentence, name, between = _SENTENCES.get(rule, _WORSE)
    message = Message(sentence, {name: listed((one.said for one in every), between)})
    if [one.of for one in every] == [REST_PAID_OUT]:
        message, expected = Message(V09_MONEY), Message(AS_IN_OLDER)
    return Fault(rule=rule, message=message, expected=expected, losses=tuple(every))
