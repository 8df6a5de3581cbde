"""The plan of the invented country: the same each time, and nobody real in it."""

import csv
import hashlib
import os
import subprocess
import sys
from datetime import date, timedelta

import msgspec
import pytest

from conftest import NOW, SHARED_DATA
from recruitwatch.accounts.rules import password_faults
from recruitwatch.accounts.values import Role
from recruitwatch.complaints.values.states import State
from recruitwatch.demo.agencies import deployments, entry
from recruitwatch.demo.casewords import HELP_NUMBERS
from recruitwatch.demo.complaining import complaints
from recruitwatch.demo.courses import filed_at, steps_of
from recruitwatch.demo.licences import licence_tales
from recruitwatch.demo.people import AGENCY, STAFF
from recruitwatch.demo.stories import HOW_MANY, cast
from recruitwatch.demo.visits import Ending, visits_of
from recruitwatch.names.rules import normalise

TODAY = date(2026, 6, 30)


def fingerprint() -> str:
    """Of everything that is planned before the database is asked."""
    digest = hashlib.sha256()
    for part in cast():
        record = entry(part, TODAY)
        for one in (record, deployments(part, record, TODAY), licence_tales(part, TODAY)):
            digest.update(msgspec.json.encode(one))
        for visit in visits_of(part, TODAY):
            digest.update(repr(visit).encode())
    for tale in complaints(cast(), TODAY):
        special = sorted(extra.name for extra in tale.extras)
        digest.update(msgspec.json.encode((tale.told, tale.language, tale.code, special)))
        digest.update(repr((tale.ago, tale.outcome, tale.workers)).encode())
    return digest.hexdigest()


def test_the_plan_is_the_same_in_every_process() -> None:
    """Nothing may hang on the order of a set, which differs from process to process."""
    program = (
        "import sys; sys.path[:0] = sys.argv[1:]; import test_plan; print(test_plan.fingerprint())"
    )
    here = os.path.dirname(__file__)
    paths = [here, os.path.dirname(os.path.dirname(here))]
    for seed in ("1", "2"):
        answer = subprocess.run(
            [sys.executable, "-c", program, *paths, *sys.path],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert answer.stdout.strip() == fingerprint()


def test_sixty_agencies_with_names_of_their_own() -> None:
    records = [entry(part, TODAY) for part in cast()]
    names = [record.legal_name for record in records]
    numbers = [record.licence_no for record in records if record.licence_no]
    assert len(names) == len(set(names)) == sum(HOW_MANY.values()) == 60
    assert len(numbers) == len(set(numbers))


def test_no_agency_is_named_like_a_real_one() -> None:
    registers = sorted(SHARED_DATA.glob("agencies-*.csv"))
    if not registers:
        pytest.skip("the real registers are not on this machine")
    real = set()
    for register in registers:
        with register.open(encoding="utf-8", newline="") as file:
            real.update(normalise(row["name"]) for row in csv.DictReader(file))
    invented = set()
    for part in cast():
        record = entry(part, TODAY)
        invented.add(normalise(record.legal_name))
        invented.update(normalise(name.name) for name in record.names)
    words = {name.split()[0] for name in real if name}
    assert invented & real == set()
    assert {normalise(entry(p, TODAY).legal_name).split()[0] for p in cast()} & words == set()


def test_nothing_is_planned_for_tomorrow() -> None:
    for part in cast():
        assert all(visit.visited_on < TODAY for visit in visits_of(part, TODAY))
        assert all(tale.entered_on < TODAY for tale in licence_tales(part, TODAY))


def test_inspections_reach_back_three_years() -> None:
    days = [visit.visited_on for part in cast() for visit in visits_of(part, TODAY)]
    assert min(days) < TODAY - timedelta(days=2 * 365)
    assert min(days) > TODAY - timedelta(days=3 * 365 + 7)


def test_visits_end_in_every_way() -> None:
    endings = {visit.ending for part in cast() for visit in visits_of(part, TODAY)}
    assert endings == set(Ending)


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 1, 1), date(2031, 12, 31)])
def test_it_can_be_planned_on_any_day(today: date) -> None:
    for part in cast():
        record = entry(part, today)
        assert deployments(part, record, today) or record.licence_no is None
        assert licence_tales(part, today)
        assert all(visit.visited_on < today for visit in visits_of(part, today))


def test_complaints_take_their_whole_course_before_now() -> None:
    for tale in complaints(cast(), NOW.date()):
        filed = filed_at(tale, NOW)
        times = [filed, *(at for _, at in steps_of(tale, filed, NOW)), NOW]
        assert times == sorted(times), tale.number
        states = [state for state, _ in steps_of(tale, filed, NOW)]
        assert (states or [State.RECEIVED])[-1] is tale.ending


def test_complaints_are_told_in_three_scripts_and_only_half_say_whom_they_are_about() -> None:
    told = complaints(cast(), TODAY)
    said = "".join(tale.told.happened_said for tale in told)
    assert any("\u0980" <= letter <= "\u09ff" for letter in said)
    assert any("\u0600" <= letter <= "\u06ff" for letter in said)
    for tale in told:
        clues = [tale.told.licence, tale.told.phone, tale.told.name, tale.told.place]
        assert len([clue for clue in clues if clue]) == (2 if tale.part else 0)


def test_help_numbers_can_be_nobodys() -> None:
    """No country has the code 999."""
    assert len(HELP_NUMBERS) == 4
    assert all(number.startswith("+999 ") for _, number, _ in HELP_NUMBERS)


def test_the_staff_fills_every_role_with_good_passwords() -> None:
    everybody = (*STAFF, AGENCY)
    assert {member.held for member in everybody} == set(Role)
    for member in everybody:
        assert password_faults(member.sign_in.password, member.sign_in.sign_in_name) == ()
