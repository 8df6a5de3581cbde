"""The lost-key drill by command: the officers' keys are gone, two holders type their shares."""

import asyncio
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from db.cli.conftest import PROGRAM, Ordinary, environment, run
from db.cli.test_keys import shares_in
from factories.accounts import NOW
from factories.complaints import desk_with_officers, file_case
from recruitwatch.accounts.queries import delete_person_key, insert_person_key
from recruitwatch.accounts.values import PersonKey
from recruitwatch.complaints.actions.opening import open_case
from recruitwatch.complaints.values.cases import CaseUnknown
from recruitwatch.keys import make_key, open_vault
from recruitwatch.keys.boxes import new_pair


@pytest.fixture
def keys(roomy: Path) -> Path:
    folder = roomy / "keys"
    make_key(folder)
    return folder


def test_two_shares_typed_at_the_machine_bring_the_cases_back(
    ordinary: Ordinary, keys: Path
) -> None:
    settings = {
        "DATABASE_URL": ordinary.app,
        "RECRUITWATCH_KEYS": keys,
        "DATA": keys.parent / "data",
    }
    shares = shares_in(run("keys", "escrow", **settings).out)
    asyncio.run(_drill(ordinary, keys, settings, shares))


async def _drill(
    ordinary: Ordinary, keys: Path, settings: dict[str, object], shares: list[str]
) -> None:
    vault = open_vault(keys)
    url = make_url(ordinary.app).set(drivername="postgresql+asyncpg")
    engine = create_async_engine(url)
    async with AsyncSession(engine) as session, session.begin():
        officer = (await desk_with_officers(session)).officers[0]
        filed = await file_case(session, vault)
        await delete_person_key(session, officer.actor.id)
        pair = new_pair()
        new = PersonKey(
            id=filed.case_id, person_id=officer.actor.id, public_key=pair.public,
            private_sealed=b"-", salt=b"-", made_at=NOW + timedelta(days=1),
        )  # fmt: skip
        await insert_person_key(session, new)
        name = await _sign_in_name(session, officer.actor.id)

    async def opens() -> bool:
        async with AsyncSession(engine) as session, session.begin():
            try:
                await open_case(
                    session, officer.actor, NOW, vault, case_id=filed.case_id,
                    private_key=pair.private,
                )  # fmt: skip
            except CaseUnknown:
                return False
            return True

    assert not await opens()
    one_share = _recover(name, shares[:1], settings)
    assert one_share.returncode == 1
    assert "A share is missing." in one_share.stderr
    wrong = _recover(
        name, [shares[0], shares[1].replace(shares[1].split()[5], "academic")], settings
    )
    assert wrong.returncode == 1
    assert "Nothing was changed." in wrong.stderr
    assert not await opens()
    done = _recover(name, shares[1:], settings)
    assert done.stdout.splitlines()[-1] == f"Cases given to {officer.actor.name}: 1."
    assert not any(word in done.stdout + done.stderr for word in shares[1].split()[4:])
    assert await opens()
    await engine.dispose()


async def _sign_in_name(session: AsyncSession, person_id: object) -> str:
    statement = text("select sign_in_name from people where id = :id")
    return str(await session.scalar(statement, {"id": person_id}))


def _recover(
    name: str, shares: list[str], settings: dict[str, object]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, "keys", "recover", name], env=environment(**settings),
        input="".join(f"{share}\n" for share in shares), capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_stranger_is_refused_before_any_share_is_typed(ordinary: Ordinary, keys: Path) -> None:
    settings = {
        "DATABASE_URL": ordinary.app,
        "RECRUITWATCH_KEYS": keys,
        "DATA": keys.parent / "data",
    }
    said = _recover("nobody-here", [], settings)
    assert said.returncode == 1
    assert "Nobody signs in as 'nobody-here'." in said.stderr
