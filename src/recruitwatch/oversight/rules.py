"""From the details of a history entry to its old and new values."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from recruitwatch.oversight.values import Change

SECRET_WORDS = ("password", "secret", "sealed", "token", "totp")


def is_secret(field: str) -> bool:
    """Whether a field's name speaks of a secret. History never holds one; what reached it by mistake
    is not shown to anybody all the same. Source: docs/decisions/0012."""
    return any(word in field.lower() for word in SECRET_WORDS)


def changes(details: Mapping[str, object]) -> tuple[Change, ...]:
    """What an entry says was changed.

    Entries hold `old` and `new` with the same fields, or `changes` with old and new of each field;
    what stands beside them is only said, without an old value. Fields whose value stayed are left out.
    """
    found: list[Change] = []
    old, new = details.get("old"), details.get("new")
    if "old" in details or "new" in details:
        found.extend(_pairs(old, new, has_old="old" in details))
    for name, value in details.items():
        if name == "changes" and isinstance(value, Mapping):
            found.extend(_by_field(value))
        elif name not in ("old", "new"):
            found.append(Change(field=name, old=None, new=without_secrets(value), has_old=False))
    return tuple(change for change in found if not is_secret(change.field))


def _pairs(old: object, new: object, *, has_old: bool) -> Iterator[Change]:
    if not isinstance(old, Mapping) and not isinstance(new, Mapping):
        yield Change(field="value", old=old, new=new, has_old=has_old)
        return
    before = old if isinstance(old, Mapping) else {}
    after = new if isinstance(new, Mapping) else {}
    for name in {**before, **after}:
        was, became = without_secrets(before.get(name)), without_secrets(after.get(name))
        if was != became:
            yield Change(field=str(name), old=was, new=became, has_old=has_old)


def _by_field(values: Mapping[str, object]) -> Iterator[Change]:
    for name, value in values.items():
        if isinstance(value, Mapping) and {"old", "new"} & set(value):
            was, became = without_secrets(value.get("old")), without_secrets(value.get("new"))
            yield Change(field=name, old=was, new=became, has_old=True)
        else:
            yield Change(field=name, old=None, new=without_secrets(value), has_old=False)


def without_secrets(value: object) -> object:
    """The value without any part whose name speaks of a secret."""
    if isinstance(value, Mapping):
        return {k: without_secrets(v) for k, v in value.items() if not is_secret(str(k))}
    if isinstance(value, list):
        return [without_secrets(part) for part in value]
    return value


def ids_in(value: object) -> Iterator[UUID]:
    """Every identifier in a value, however deep, so that names can be shown in their place."""
    if isinstance(value, Mapping):
        parts: Iterable[object] = value.values()
    elif isinstance(value, list | tuple):
        parts = value
    else:
        parts = ()
        if isinstance(value, str) and len(value) == 36:
            try:
                yield UUID(value)
            except ValueError:
                return
    for part in parts:
        yield from ids_in(part)
