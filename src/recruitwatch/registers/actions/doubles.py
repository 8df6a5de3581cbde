"""New rows of a file that may be agencies of the register: told as notices, decided by people."""

from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.agencies.queries import match_said
from recruitwatch.agencies.rules.hits import proposed
from recruitwatch.agencies.rules.matching import said_of
from recruitwatch.errors import N_, Message
from recruitwatch.registers.values import Fault, Plan

MAY_BE_THERE = N_("%(name)s may be %(other)s, which the register has already.")
NOT_COMPARED = N_("Only the first %(count)s new rows were compared with the register.")
MOST_COMPARED = 300


async def find_doubles(session: AsyncSession, register_id: str, plan: Plan) -> tuple[Fault, ...]:
    """A notice for each new row that the matcher takes for an agency of the register. One that the file
    has in another row is another agency: the source tells them apart."""
    new = [change for change in plan.changes if change.before is None]
    notices: list[Fault] = []
    for change in new[:MOST_COMPARED]:
        match = await match_said(session, said_of(change.after), registers=(register_id,))
        other = next((one for one in proposed(match, alike=True) if one.key not in plan.told), None)
        if other is not None:
            message = Message(MAY_BE_THERE, {"name": change.after.legal_name, "other": other.name})
            notices.append(Fault(message=message, row=change.row_no, column="name"))
    if len(new) > MOST_COMPARED:
        notices.append(Fault(message=Message(NOT_COMPARED, {"count": MOST_COMPARED})))
    return tuple(notices)
