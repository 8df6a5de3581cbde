"""Every action leaves a line in history, itself or through another function of an `actions` room."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

SOURCE = Path(__file__).parent.parent.parent / "src" / "recruitwatch"

# Functions of the rooms that store nothing a person would look for in history. Each has its reason.
READS_ONLY = {
    "accounts.actions.own_account.prove_password": "counts tries; what follows is recorded",
    "accounts.actions.own_keys.seal_for_sign_in": "part of signing in, which is recorded",
    "accounts.actions.secrets.hash_password": "calculates",
    "accounts.actions.secrets.verify_password": "calculates",
    "audits.actions.drafting.lock_own_audit": "locks what its callers then change and record",
    "agencies.actions.teach_name": "a line of its own would tie the name to the case judged then",
    "agencies.actions.unteach_name": "the same; taking a judgement back is recorded",
    "agencies.actions.read_unread": "how the matcher reads what is registered; nothing of it changes",
    "audits.actions.keeping.keep_due_results": "what follows from approvals, which are recorded",
    "audits.actions.reviewing.judged_by": "reads",
    "brokers.actions.list_same_number": "reads",
    "complaints.actions.attaching.attach": "before Send nothing of hers is in history",
    "complaints.actions.attaching.list_files": "reads",
    "complaints.actions.attaching.remove_file": "before Send nothing of hers is in history",
    "complaints.actions.brokers.find_brokers": "reads",
    "complaints.actions.brokers.find_standing_word": "reads",
    "complaints.actions.brokers.list_by_broker": "reads",
    "complaints.actions.brokers.list_proofs": "reads",
    "complaints.actions.brokers.tie_by_cases": "calls the action of brokers, which records",
    "complaints.actions.codes.code_key": "calculates",
    "complaints.actions.comparing.compare_again": "reads, and keeps whether anything fits",
    "complaints.actions.comparing.note_look": "part of opening, which is recorded",
    "complaints.actions.drafting.delete_draft": "before Send nothing of hers is in history",
    "complaints.actions.drafting.give_code": "before Send nothing of hers is in history",
    "complaints.actions.drafting.leave_draft": "when she comes and goes is nobody's business",
    "complaints.actions.drafting.open_draft": "reads",
    "complaints.actions.drafting.save_draft": "before Send nothing of hers is in history",
    "complaints.actions.drafting.start_draft": "before Send nothing of hers is in history",
    "complaints.actions.following.end_visit": "when she comes and goes is nobody's business",
    "complaints.actions.following.enter_code": "when she comes and goes is nobody's business",
    "complaints.actions.following.get_own_case": "reads",
    "complaints.actions.following.open_visit": "reads",
    "complaints.actions.following.prove_code": "calculates and waits",
    "complaints.actions.giving.give_cases": "part of admitting and recovering, which are recorded",
    "complaints.actions.offering.find_candidates": "reads",
    "complaints.actions.nonces.use_nonce": "when she comes and goes is nobody's business",
    "complaints.actions.opening.get_case_key": "reads; who opens a case records it",
    "complaints.actions.opening.read_told": "for the program alone; what follows is recorded",
    "complaints.actions.offering.fits_somebody": "reads",
    "complaints.actions.offering.see_how_it_did": "reads",
    "complaints.actions.retaining.forget_drafts": "before Send nothing of hers is in history",
    "complaints.actions.retaining.keep_after_closing": "part of closing, which is recorded",
    "complaints.actions.retaining.keep_open_cases": "moves a key on; nothing happens to the case",
    "complaints.actions.retaining.keep_while_open": "part of opening again, which is recorded",
    "complaints.actions.retaining.sweep_files": "removes bytes that belong to nothing",
    "complaints.actions.teaching.find_name_fault": "reads",
    "complaints.actions.teaching.forget_name": "part of a judgement or a move, which are recorded",
    "complaints.actions.teaching.forget_names": "part of a move, which is recorded",
    "complaints.actions.teaching.may_teach": "reads",
    "complaints.actions.teaching.propose_name": "reads",
    "complaints.actions.working.get_holders": "reads",
    "registers.actions.doubles.find_doubles": "reads",
    "registers.actions.importing.tell": "passes on how far an import is",
    "scorecards.actions.papers.make_papers": "part of publishing, which is recorded",
    "scorecards.actions.computing.compute_cards": "reads and calculates",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def rooms() -> dict[str, ast.Module]:
    """Every module of every `actions` room by its name within the package."""
    found = {}
    for file in sorted(SOURCE.rglob("*.py")):
        if file.stem == "actions" or file.parent.name == "actions":
            parts = file.relative_to(SOURCE).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = ast.parse(file.read_text(encoding="utf-8"))
    return found


def functions(modules: Mapping[str, ast.Module]) -> dict[str, Function]:
    return {
        f"{module}.{node.name}": node
        for module, tree in modules.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def known_names(module: str, tree: ast.Module) -> dict[str, str]:
    """What a bare name means in a module: its own functions, or those it imports."""
    names = {
        alias.asname or alias.name: f"{node.module}.{alias.name}".removeprefix("recruitwatch.")
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    names.update(
        (node.name, f"{module}.{node.name}")
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return names


def called(function: Function, names: Mapping[str, str]) -> Iterator[str]:
    """The full names of what a function calls or hands to another to be called."""
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
            yield names[node.id]


def recording(modules: Mapping[str, ast.Module]) -> set[str]:
    """Functions that record, directly or through one that does."""
    uses = {
        name: set(called(function, known_names(module, modules[module])))
        for name, function in functions(modules).items()
        for module in [name.rpartition(".")[0]]
    }
    found = {"history.queries.record", "history.queries.record_each"}
    while more := {name for name, used in uses.items() if used & found} - found:
        found |= more
    return found


def test_every_action_records_or_is_known_to_store_nothing() -> None:
    modules = rooms()
    actions = {
        name
        for name, node in functions(modules).items()
        if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_")
    }
    assert len(actions) > 30
    silent = actions - recording(modules)
    assert silent == set(READS_ONLY)


def test_an_action_that_forgets_is_noticed() -> None:
    source = """
from recruitwatch.history.queries import record
from recruitwatch.x.actions.other import tells

async def direct(): await record()
async def through_own(): await direct()
async def through_other(): await tells()
async def forgets(): await session.execute()
"""
    other = "from recruitwatch.history.queries import record\nasync def tells(): await record()\n"
    modules = {"x.actions.one": ast.parse(source), "x.actions.other": ast.parse(other)}
    silent = set(functions(modules)) - recording(modules)
    assert silent == {"x.actions.one.forgets"}


def test_the_first_arguments_of_an_action_are_session_actor_now() -> None:
    """An action that acts for somebody at a time takes these three first; the rest goes by name."""
    for name, node in functions(rooms()).items():
        taken = [argument.arg for argument in node.args.args]
        if not node.name.startswith("_") and {"session", "actor", "now"} <= set(taken):
            assert taken[:3] == ["session", "actor", "now"], name
