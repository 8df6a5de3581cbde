"""What changed between two versions of a template, in words; and the command for folders."""

from pathlib import Path

import msgspec
import pytest

from factories.contracts import ROOT, library
from recruitwatch.cli import main
from recruitwatch.contracts.rules.changes import said_changes, said_in_one
from recruitwatch.contracts.values.judged import OccupationPack
from recruitwatch.web.saying import say


def changed(pack: OccupationPack) -> OccupationPack:
    """A second version: one clause left out, one moved to the end, a sentence and a value changed."""
    first, second, *rest = pack.clauses
    clauses = (*rest, second)
    number = next(at for at, one in enumerate(clauses) if "trial_days" in one.parameters)
    clause = clauses[number]
    trial = msgspec.structs.replace(clause.parameters["trial_days"], max=9)
    clause = msgspec.structs.replace(clause, parameters={**clause.parameters, "trial_days": trial})
    texts = dict(pack.texts["en"])
    variant, rows = next(iter(texts[clause.id].rows.items()))
    texts[clause.id] = msgspec.structs.replace(
        texts[clause.id], rows={**texts[clause.id].rows, variant: ("Said anew.", *rows[1:])}
    )
    del texts[first.id]
    return msgspec.structs.replace(
        pack,
        written=msgspec.structs.replace(pack.written, version=2),
        clauses=(*clauses[:number], clause, *clauses[number + 1 :]),
        texts={"en": texts},
    )


def test_each_change_is_said_with_old_and_new() -> None:
    pack = library().pack("domestic-work", 1)
    found = said_changes(pack, changed(pack), "ar")
    words = [said_in_one(one, say) for one in found]
    assert words[0] == "Clause left out"
    assert "Stands in another place" in words
    [limit] = [one for one, said in zip(found, words, strict=True) if said.endswith(": highest")]
    assert (say(limit.old), say(limit.new)) == (str(pack.parameters["trial_days"].max), "9")
    assert [one.new for one in found if one.new == "Said anew."]
    assert said_changes(pack, pack) == ()


def test_the_command_compares_folders(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    place = str(ROOT / "templates" / "contracts")
    assert main(["contract", "changes", place, place]) == 0
    assert capsys.readouterr().out.count("Nothing reads differently.") == 5
    assert main(["contract", "changes", place, str(tmp_path)]) != 0
    assert "no folder of contract templates" in capsys.readouterr().err
    assert main(["contract", "changes", place, place, "--language", "xx"]) != 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "xx: no template speaks this language (am, ar, bn, en, es, ne, ro, tl)" in told.err
