"""QR codes: each dark module is drawn, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from recruitwatch.documents.codes import dark_runs


@given(st.lists(st.booleans(), max_size=60))
def test_runs_of_a_code_cover_its_dark_modules(row: list[bool]) -> None:
    dark = [at for first, last in dark_runs(bytes(row)) for at in range(first, last)]
    assert dark == [at for at, one in enumerate(row) if one]
