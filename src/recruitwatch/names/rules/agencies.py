"""An agency and a query read: everything that comparing them needs, worked out once."""

import re
from collections.abc import Iterator

from recruitwatch.names.rules.numbers import plain_digits, said_numbers, said_phones
from recruitwatch.names.rules.reading import read_name, read_query, read_words
from recruitwatch.names.rules.spelling import normalise_number, number_digits
from recruitwatch.names.values import (
    AgencyFacts,
    AgencyName,
    Dictionary,
    NameKind,
    ReadAgency,
    ReadName,
    ReadQuery,
    Said,
    Word,
    WordKind,
)

_PHONE_PART = re.compile(r"[,;/]")
_SITE = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9-]{4,})\.[a-z.]{2,}", re.IGNORECASE)
# In somebody's words only what can be nothing else: "Copper.Gate" is no address.
_SAID_SITE = re.compile(
    r"(?:https?://(?:www\.)?|www\.)([a-z0-9-]{4,})(?:\.[a-z]{2,})+\S*"
    r"|\b([a-z0-9-]{4,})\.(?:com|net|org|info|biz|example)(?:\.[a-z]{2})?\b\S*",
    re.IGNORECASE,
)
# Of a longer statement the beginning is read: what is matched is a name, not a book.
LONGEST_SAID = 2000
_NO_PLACE = frozenset({WordKind.ARTICLE, WordKind.TALK, WordKind.LEGAL})


def read_agency(facts: AgencyFacts, dictionary: Dictionary) -> ReadAgency:
    """The agency with its names taken apart, each spelling once."""
    names: dict[tuple[str, ...], ReadName] = {}
    for name in facts.names:
        for read in read_name(name, dictionary):
            names.setdefault(tuple(word.text for word in read.words), read)
    number = "" if facts.row_key else normalise_number(facts.number)
    return ReadAgency(
        facts=facts,
        names=tuple(names.values()),
        number=number,
        digits=number_digits(number),
        phones=frozenset(_phones(facts)),
        places=_places(f"{facts.address}, {facts.city}", dictionary),
    )


def web_name(address: str) -> AgencyName | None:
    """The name in a web address (www.green-teal.example: green teal): workers know agencies by it."""
    found = _SITE.search(address.strip())
    return AgencyName(found[1].replace("-", " "), NameKind.WEB) if found else None


def _site_name(found: re.Match[str]) -> str:
    return (found[1] or found[2]).replace("-", " ")


def _phones(facts: AgencyFacts) -> Iterator[str]:
    for listed in (*facts.phones, *facts.wallets):
        for part in _PHONE_PART.split(listed):
            digits = "".join(c for c in plain_digits(part) if c.isdecimal())
            if len(digits) >= 7:
                yield digits.lstrip("0")


def _places(text: str, dictionary: Dictionary) -> dict[str, Word]:
    words = read_words(text, dictionary) if text.strip(", ") else ()
    return {
        word.sound: word for word in words if word.kind not in _NO_PLACE and len(word.sound) > 2
    }


def read_said(said: Said, dictionary: Dictionary) -> ReadQuery:
    """A query with its words, stretches and numbers. Numbers asked for apart are licence numbers: they are
    looked for whole as well, since some have several runs of digits (B-0123/PER/2010)."""
    whole = said.text[:LONGEST_SAID]
    text = _SAID_SITE.sub(_site_name, whole)
    words, spans, encoding = read_query(text, dictionary)
    numbers = [n for text in said.numbers for n in said_numbers(f"licence {text}", dictionary)]
    return ReadQuery(
        text=" licence ".join((whole, *said.numbers)),
        words=words,
        spans=spans,
        numbers=(*said_numbers(whole, dictionary), *numbers),
        phones=said_phones(" , ".join((whole, *said.phones))),
        places=read_words(said.place, dictionary) if said.place else (),
        encoding=encoding,
    )
