"""Complaints as they happen in the invented country: filed, worked on, answered, decided."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from recruitwatch.complaints.actions.attaching import attach
from recruitwatch.complaints.actions.drafting import give_code, start_draft
from recruitwatch.complaints.actions.filing import send
from recruitwatch.complaints.actions.following import withdraw, write_message
from recruitwatch.complaints.actions.judging import (
    close_case,
    judge_link,
    propose_decision,
    second_decision,
)
from recruitwatch.complaints.actions.opening import open_case
from recruitwatch.complaints.actions.working import (
    assign_case,
    classify_case,
    move_case,
    note_contact,
    second_urgency,
    send_message,
    set_urgency,
)
from recruitwatch.complaints.queries.cases import get_head, list_queue
from recruitwatch.complaints.queries.codes import get_code_book
from recruitwatch.complaints.rules.codes import codes_among, compartment_of
from recruitwatch.complaints.rules.states import seconds_needed
from recruitwatch.complaints.values.cases import Visit
from recruitwatch.complaints.values.clocks import Calendar
from recruitwatch.complaints.values.codes import Compartment, Urgency
from recruitwatch.complaints.values.judging import (
    Basis,
    Judgement,
    NewClassification,
    NewDecision,
    NewLink,
    NewUrgency,
    Target,
)
from recruitwatch.complaints.values.queue import QueueFilter
from recruitwatch.complaints.values.states import Outcome, State
from recruitwatch.demo.brokers import known_as
from recruitwatch.demo.casewords import (
    FROM_OFFICE,
    FROM_WORKER,
    FROM_WORKER_AR,
    FROM_WORKER_BN,
    LINK_REASONS,
    LOWER_REASON,
    NOBODY_REASON,
    NOT_THIS_ONE,
    REASONS,
    TOLD,
    WITHDRAWN_FREELY,
    WITHDRAWN_PRESSED,
)
from recruitwatch.demo.complaining import Tale
from recruitwatch.demo.courses import course_of, filed_at, first_urgency, pairs, steps_of
from recruitwatch.demo.desks import Desks, Officer
from recruitwatch.demo.people import Staff
from recruitwatch.demo.receipts import receipt
from recruitwatch.demo.running import Extra
from recruitwatch.demo.stories import chance_of
from recruitwatch.demo.timeline import Timeline
from recruitwatch.keys import Vault

# Told at a first look to be worse than it was ticked.
FOUND_LATER = "VIO-04"
SOME_CASES = 2
WRITES_BACK = {"bn": FROM_WORKER_BN, "ar": FROM_WORKER_AR}


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What filing needs beside the database."""

    vault: Vault
    files: Path
    calendar: Calendar


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A filed complaint, with what its worker and its officer hold."""

    tale: Tale
    id: UUID
    visit: Visit
    officer: Officer

    def falls(self, *about: object) -> int:
        """A number for choosing, the same each time for this case and this step."""
        return chance_of("case", self.tale.number, *about).randrange(1000)


class Casework:
    """The work of all desks in one session."""

    def __init__(
        self,
        session: AsyncSession,
        ground: Ground,
        staff: Staff,
        timeline: Timeline,
        agencies: Mapping[int, UUID],
    ) -> None:
        self._session = session
        self._ground = ground
        self._staff = staff
        self._timeline = timeline
        self._agencies = agencies
        self.code = ""
        """The code of the case that can be tried."""

    def plan(self, tale: Tale, desks: Desks, now: datetime) -> None:
        """Put a complaint and all that comes of it into the timeline."""
        self._timeline.add(filed_at(tale, now), partial(self._file, tale, desks, now))

    async def _file(self, tale: Tale, desks: Desks, today: datetime, now: datetime) -> None:
        vault, told = self._ground.vault, tale.told
        if Extra.HIDDEN_OFFICE in tale.extras:
            told = msgspec.structs.replace(told, hide_offices=(str(desks.head_office),))
        if Extra.HIDDEN_PERSON in tale.extras:
            told = msgspec.structs.replace(told, hide_person=desks.cleared.actor.name)
        operator = self._staff.operator if Extra.OPERATOR in tale.extras else None
        token = await start_draft(
            self._session, now, vault, language=tale.language, told=told, operator=operator
        )
        draft = await give_code(self._session, now, vault, token=token)
        code = draft.draft.code or ""
        if Extra.PICTURE in tale.extras:
            await attach(
                self._session, now, self._ground.files,
                case_id=draft.case_id, key=draft.key, content=receipt(tale.chance),
            )  # fmt: skip
        await send(
            self._session, now, vault, token=token, last_digits=code[-4:],
            calendar=self._ground.calendar, operator=operator,
        )  # fmt: skip
        if Extra.SHOWN in tale.extras:
            self.code = code
        case = Case(
            tale=tale,
            id=draft.case_id,
            visit=Visit(case_id=draft.case_id, key=draft.key),
            officer=officer_of(tale, desks),
        )
        moments = steps_of(tale, now, today)
        for (before, after), (_, at) in zip(pairs(course_of(tale)), moments, strict=True):
            self._timeline.add(at, partial(self._step, case, desks, before, after))

    async def _step(
        self, case: Case, desks: Desks, before: State, after: State, now: datetime
    ) -> None:
        """What goes with a step is done first, since it may be what allows the step."""
        match after:
            case State.TRIAGE:
                await self._read(case, now)
                await self._lower(case, desks, now)
            case State.SCREEN | State.DUPLICATE | State.NOT_A_COMPLAINT:
                await self._understand(case, now)
            case State.PARTLY_OUTSIDE | State.INVESTIGATE:
                await self._talk(case, after, now)
            case State.ASSIGNED:
                await self._link(case, now)
            case State.DECIDE if _withdraws(case.tale):
                await self._withdraw(case, now)
                if Extra.PROPOSED in case.tale.extras:
                    await self._propose(case, Outcome.WITHDRAWN_PRESSURE, now)
                return
            case State.CLOSED:
                await self._close(case, desks, now)
                return
        await self._move(case, before, after, now)

    async def _move(self, case: Case, before: State, after: State, now: datetime) -> None:
        await move_case(
            self._session, case.officer.actor, now, self._ground.vault, case_id=case.id,
            before=before, after=after, calendar=self._ground.calendar,
        )  # fmt: skip

    async def _read(self, case: Case, now: datetime) -> None:
        """Somebody opens the case; where it is urgent, the worker is called at once."""
        await open_case(
            self._session, case.officer.actor, now, self._ground.vault,
            case_id=case.id, private_key=case.officer.private_key,
        )  # fmt: skip
        if first_urgency(case.tale) in (Urgency.S1, Urgency.S2) and _is_reached(case.tale):
            await note_contact(
                self._session, case.officer.actor, now, case_id=case.id,
                calendar=self._ground.calendar,
            )  # fmt: skip

    async def _lower(self, case: Case, desks: Desks, now: datetime) -> None:
        if not case.tale.extras & {Extra.LOWERED, Extra.TO_LOWER}:
            return
        new = NewUrgency(urgency=Urgency.S2, reason=LOWER_REASON)
        await set_urgency(
            self._session, case.officer.actor, now, self._ground.vault, case_id=case.id,
            private_key=case.officer.private_key, new=new, calendar=self._ground.calendar,
        )  # fmt: skip
        if Extra.LOWERED in case.tale.extras:
            await second_urgency(
                self._session, _colleague(case, desks).actor, now,
                case_id=case.id, calendar=self._ground.calendar,
            )  # fmt: skip

    async def _understand(self, case: Case, now: datetime) -> None:
        """She is called, and what the case is about is set."""
        officer, tale = case.officer, case.tale
        if _is_reached(tale):
            await note_contact(
                self._session, officer.actor, now, case_id=case.id, calendar=self._ground.calendar
            )
        codes = (tale.code, FOUND_LATER) if Extra.READ_WRONG in tale.extras else (tale.code,)
        new = NewClassification(
            codes=codes, main_code=tale.code, stage=tale.theme.stage, escalators=()
        )
        await classify_case(
            self._session, officer.actor, now, self._ground.vault, case_id=case.id,
            private_key=officer.private_key, new=new, danger=False,
            calendar=self._ground.calendar,
        )  # fmt: skip
        if case.falls("first message") < 400:
            await self._say(case, FROM_OFFICE[0], now)

    async def _talk(self, case: Case, state: State, now: datetime) -> None:
        """A message from the office; in some cases she has written before."""
        shown = Extra.SHOWN in case.tale.extras
        if shown or case.falls("answer", state) < 350:
            answers = WRITES_BACK.get(case.tale.language, FROM_WORKER)
            text = answers[case.falls("words", state) % len(answers)]
            await write_message(
                self._session,
                now,
                self._ground.vault,
                visit=case.visit,
                text=text,
                calendar=self._ground.calendar,
            )
        if shown or case.falls("message", state) < 600:
            await self._say(case, FROM_OFFICE[1 + case.falls("text", state) % 4], now)

    async def _say(self, case: Case, text: str, now: datetime) -> None:
        await send_message(
            self._session, case.officer.actor, now, self._ground.vault,
            case_id=case.id, private_key=case.officer.private_key, text=text,
        )  # fmt: skip

    async def _link(self, case: Case, now: datetime) -> None:
        """An officer says whom the case is about, and somebody takes it."""
        tale, falls = case.tale, case.falls("link")
        if Extra.REJECTED in tale.extras:
            other = next(
                one
                for number, one in self._agencies.items()
                if tale.part and number != tale.part.number
            )
            await self._judge(case, Judgement.REJECTED, Basis.NONE, NOT_THIS_ONE, now, agency=other)
        if tale.part is None:
            await self._judge(case, Judgement.CONFIRMED, Basis.NONE, NOBODY_REASON, now)
        else:
            place = falls % len(LINK_REASONS)
            basis = (Basis.TWO_FACTS, Basis.DOCUMENT, Basis.ADMITTED)[place]
            agency = self._agencies[tale.part.number]
            await self._judge(
                case, Judgement.CONFIRMED, basis, LINK_REASONS[place], now, agency=agency
            )
        if tale.told.broker:
            await self._link_broker(case, now)
        await assign_case(
            self._session, case.officer.actor, now,
            case_id=case.id, person_id=case.officer.actor.id,
        )  # fmt: skip

    async def _link_broker(self, case: Case, now: datetime) -> None:
        broker = known_as(case.tale.told.broker)
        await self._judge(
            case, Judgement.CONFIRMED, Basis.TWO_FACTS, LINK_REASONS[0], now, broker=broker
        )

    async def _judge(
        self,
        case: Case,
        judgement: Judgement,
        basis: Basis,
        reason: str,
        now: datetime,
        *,
        agency: UUID | None = None,
        broker: UUID | None = None,
    ) -> None:
        target = Target.AGENCY if agency else Target.BROKER if broker else Target.NONE
        new = NewLink(
            target=target, judgement=judgement, basis=basis, reason=reason,
            agency_id=agency, broker_id=broker,
        )  # fmt: skip
        await judge_link(
            self._session, case.officer.actor, now, self._ground.vault,
            case_id=case.id, private_key=case.officer.private_key, new=new,
        )  # fmt: skip

    async def _withdraw(self, case: Case, now: datetime) -> None:
        pressed = case.tale.outcome is not Outcome.WITHDRAWN_OWN_WISH
        words = WITHDRAWN_PRESSED if pressed else WITHDRAWN_FREELY
        text = words[case.falls("withdrawn") % len(words)]
        await withdraw(
            self._session, now, self._ground.vault, visit=case.visit, pressed=pressed, text=text,
            calendar=self._ground.calendar,
        )  # fmt: skip

    async def _propose(self, case: Case, outcome: Outcome, now: datetime) -> None:
        reasons = REASONS[outcome]
        other = ""
        if outcome is Outcome.DUPLICATE_LINKED:
            held = await list_queue(
                self._session, case.officer.actor, QueueFilter(), now, limit=SOME_CASES
            )
            other = next(one.reference for one in held if one.id != case.id)
        new = NewDecision(
            outcome=outcome,
            responsibility=case.tale.responsibility,
            workers=case.tale.workers,
            reasons=reasons[case.falls("reasons") % len(reasons)],
            told=TOLD[outcome],
            other_reference=other,
        )
        await propose_decision(
            self._session, case.officer.actor, now, self._ground.vault,
            case_id=case.id, private_key=case.officer.private_key, new=new,
        )  # fmt: skip

    async def _close(self, case: Case, desks: Desks, now: datetime) -> None:
        outcome = case.tale.outcome or Outcome.SUBSTANTIATED
        head = await get_head(self._session, case.officer.actor, case.id)
        if head.unread:
            await open_case(
                self._session, case.officer.actor, now, self._ground.vault,
                case_id=case.id, private_key=case.officer.private_key,
            )  # fmt: skip
        await self._propose(case, outcome, now)
        if seconds_needed(outcome, head):
            colleague = _colleague(case, desks).actor
            await second_decision(self._session, colleague, now, case_id=case.id)
        await close_case(
            self._session, case.officer.actor, now, self._ground.vault,
            case_id=case.id, calendar=self._ground.calendar,
        )  # fmt: skip


def officer_of(tale: Tale, desks: Desks) -> Officer:
    """Who works on a case: somebody who holds its key, and will still hold it when more is known."""
    compartment = compartment_of(codes_among(get_code_book(), (tale.code,)))
    if compartment is Compartment.OVERSIGHT:
        return desks.oversight
    if Extra.HIDDEN_OFFICE in tale.extras:
        return desks.regional
    if Extra.HIDDEN_PERSON in tale.extras:
        return desks.uncleared
    if compartment is Compartment.PROTECTED or Extra.READ_WRONG in tale.extras:
        return desks.cleared
    return desks.uncleared if tale.number % 3 == 0 else desks.cleared


def _colleague(case: Case, desks: Desks) -> Officer:
    """Another officer of the head office's desk, who agrees or does not, and may read the case too."""
    return desks.also_cleared if case.officer is desks.cleared else desks.cleared


def _withdraws(tale: Tale) -> bool:
    by_her = (Outcome.WITHDRAWN_OWN_WISH, Outcome.WITHDRAWN_PRESSURE)
    return tale.outcome in by_her or Extra.PRESSED in tale.extras


def _is_reached(tale: Tale) -> bool:
    return tale.outcome is not Outcome.NO_CONTACT_SLEEPING
