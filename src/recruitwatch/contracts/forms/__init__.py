"""Reading what somebody asks a contract for, from a file of values."""

from recruitwatch.checklists.rules.structure import fit
from recruitwatch.contracts.values.judged import MISTAKE, InputRefused
from recruitwatch.contracts.values.terms import ContractInput
from recruitwatch.errors import Message


def read_input(raw: bytes, file: str) -> ContractInput:
    """The input in a YAML file; raises `InputRefused` with every mistake, its line and its place."""
    found = fit(raw, ContractInput, file)
    if isinstance(found, list):
        raise InputRefused(
            tuple(
                Message(
                    MISTAKE,
                    {"file": one.file, "line": one.line, "path": one.path, "message": one.message},
                )
                for one in found
            )
        )
    return found.value
