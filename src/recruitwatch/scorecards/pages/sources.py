"""Where staff find what an answer of a card rests on."""

from recruitwatch.scorecards.rules.inputs import FINDING, INTERVIEWS


def source_address(source: str, card_address: str) -> str:
    """The talks with workers, the finding in a contract, or the visit that an answer comes from."""
    first, _, rest = source.partition("/")
    item_id = source.rpartition("/")[2]
    if first == INTERVIEWS:
        return f"{card_address}/interviews#{item_id}"
    if first == FINDING:
        return f"/findings/{rest.partition('/')[0]}"
    return f"/reviews/{first}#{item_id}"
