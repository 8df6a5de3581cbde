"""A later version of the corridor files and check rules beside the published ones, written into a copy
of the library: wages raised, a corridor closed and another opened, other boxes for stamps."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from factories.contracts import ROOT
from recruitwatch.checklists.rules.library import LOCK, lock_line

PUBLISHED = ROOT / "templates" / "contracts"
Edits = Mapping[str, tuple[tuple[str, str], ...]]
FIRST = ("version: 1", "version: 2")
LATER: Edits = {
    "destinations.yaml": (
        FIRST,
        ("supersedes: null", "supersedes: 1"),
        ("why: First set of facts, gathered in November 2026 from stored pages.",
         "why: The wage of Hong Kong rises on 30 September 2026."),
        ("covers_to: '2027-12-31'", "covers_to: '2028-12-31'"),
        ("          2026 notice was found.', start: '2025-09-30'}",
         "          2026 notice was found.', start: '2025-09-30', end: '2026-09-29'}\n"
         "      - {about: wage_month_min, value: 5250, unit: HKD, currency: HKD, year: 2026, source: S28b, "
         "how: seen, confidence: high,\n        packs: [domestic-work, caregiver], start: '2026-09-30'}"),
        ("food_allowance_min, value: 1236, unit: HKD, currency: HKD, year: 2026, source: S28, how: seen, "
         "confidence: high", "food_allowance_min, value: 1300, unit: HKD, currency: HKD, year: 2026, "
         "source: S28, how: seen, confidence: medium"),
        ("attestation_boxes: [immigration, origin_consulate]", "attestation_boxes: [immigration, notary]"),
        ("languages: [en, zh]\n    language_rule: Government form only; no edits to core terms\n"
         "    text_fixed_by_law: false\n    only_official_form: true",
         "languages: [zh]\n    language_rule: Government form only; no edits to core terms\n"
         "    text_fixed_by_law: true\n    only_official_form: false"),
        ("hours_basis: with_breaks", "hours_basis: actual_work"),
        ("copies_min, value: 4, unit: copies, year: 2026, source: S28",
         "copies_min, value: 5, unit: copies, year: 2026, source: S28b"),
    ),
    "origins.yaml": (
        FIRST,
        ("{destination: SA, packs: [domestic-work], source: S66",
         "{destination: SA, packs: [domestic-work], end: '2026-12-31', source: S66"),
        ("  - code: PH\n    name: Philippines\n    languages: [en, tl]\n"
         "    attestation_boxes: [migrant_office]",
         "  - code: PH\n    name: Philippines\n    languages: [en, tl]\n"
         "    attestation_boxes: [migrant_office, origin_ministry]\n    closings:\n"
         "      - {destination: KW, packs: [domestic-work], start: '2026-12-01', source: S20, how: seen,\n"
         "        note: No new workers until further notice.}"),
        ("      - {text: Know Your Employer video call before signing, year: 2025, source: S20, how: seen}\n",
         ""),
    ),
    "wage-floors.yaml": (
        FIRST,
        ("amount: 1460, currency: QAR", "amount: 1825, currency: QAR"),
        ("  - {origin: IN, destination: AE, amount: 1100, currency: AED, packs: [domestic-work], "
         "start: '2008-01-01', year: 2008,\n    source: S67, how: seen, note: Old}\n", ""),
    ),
}  # fmt: skip
LATER_CHECKS = (
    ("version: 2\nsupersedes: 1", "version: 3\nsupersedes: 2"),
    ("field: phone_kept_by_worker, test: is true, severity: critical",
     "field: phone_kept_by_worker, test: is true, severity: serious"),
    ("severity: serious, clause: MOVEMENT, parameters: [house_key_held],\n    items: [SOP-CON-03]}",
     "severity: serious, clause: MOVEMENT, parameters: [house_key_held],\n    items: [SOP-CON-07]}"),
)  # fmt: skip


def edited(text: str, edits: tuple[tuple[str, str], ...]) -> str:
    for old, new in edits:
        assert old in text, f"nobody wrote {old}"
        text = text.replace(old, new, 1)
    return text


def library_folder(
    place: Path, *, languages: tuple[str, ...] = ("en",), later: bool = True
) -> Path:
    """A folder of contract templates in some languages; with a version more of the law and of the
    check rules, if it is to be a later one. Its LOCK fits."""
    for file in PUBLISHED.rglob("*.yaml"):
        language = file.stem.removeprefix("texts.")
        if language != file.stem and language not in languages:
            continue
        to = place / file.relative_to(PUBLISHED)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, to)
    if later:
        (place / "corridors" / "v2").mkdir()
        for name, edits in LATER.items():
            text = (place / "corridors" / "v1" / name).read_text(encoding="utf-8")
            (place / "corridors" / "v2" / name).write_text(edited(text, edits), encoding="utf-8")
        text = (place / "checks" / "v2.yaml").read_text(encoding="utf-8")
        (place / "checks" / "v3.yaml").write_text(edited(text, LATER_CHECKS), encoding="utf-8")
    lock(place)
    return place


def lock(place: Path) -> None:
    lines = (
        lock_line(file.read_bytes(), file.relative_to(place).as_posix())
        for file in sorted(place.rglob("*.yaml"))
    )
    (place / LOCK).write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
