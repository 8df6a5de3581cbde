"""What the matcher is given and what it answers: names, agencies, queries, candidates and reasons."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

MATCHER = "agency-match/1"


class WordKind(StrEnum):
    """What a word does in a name. NAME: in no table, so it may be what tells one agency from another."""

    LEGAL = "legal"
    TRADE = "trade"
    NUMBER = "number"
    TITLE = "title"
    ARTICLE = "article"
    PLAIN = "plain"
    PLACE = "place"
    TALK = "talk"
    NAME = "name"


class Sense(Struct, frozen=True):
    """What a table says of a word: its kind and its meaning, the same in all languages."""

    kind: WordKind
    meaning: str


class Dictionary(Struct, frozen=True, kw_only=True, eq=False):
    """The word tables, ready for looking up. Keys of `senses` are normalised forms, of `sounds` their
    sounds, of `slips` sounds with one letter left out, of `skeletons` consonants; `undivided` are forms
    of scripts without blanks, `longest_undivided` the most characters one of them has, `longest` the
    most words of a form. `letters` are the names of Latin letters (Bengali এস: s)."""

    senses: Mapping[str, Sense]
    sounds: Mapping[str, Sense]
    slips: Mapping[str, Sense]
    skeletons: Mapping[str, Sense]
    undivided: Mapping[str, Sense]
    letters: Mapping[str, str]
    longest: int
    longest_undivided: int


class Word(Struct, frozen=True, array_like=True):
    """A word as written and as heard. `letters`: what it is if it is the name of a letter.
    `sure`: found in the tables as written, not only alike."""

    text: str
    roman: str
    sound: str
    skeleton: str
    script: str
    kind: WordKind = WordKind.NAME
    meaning: str = ""
    letters: str = ""
    sure: bool = True


class NameKind(StrEnum):
    """Where a name of an agency comes from."""

    REGISTERED = "registered"
    ALIAS = "alias"
    FORMER = "former"
    ACRONYM = "acronym"
    WEB = "web"


class AgencyName(Struct, frozen=True, array_like=True):
    """A name that an agency is known by. `taught`: an officer confirmed that workers use it."""

    text: str
    kind: NameKind = NameKind.REGISTERED
    taught: bool = False


class AgencyFacts(Struct, frozen=True, kw_only=True):
    """What the register knows of an agency. `key` is the caller's own (an id or a licence number);
    `row_key` says that the register's numbers are no licence numbers."""

    key: str
    names: tuple[AgencyName, ...]
    number: str = ""
    row_key: bool = False
    phones: tuple[str, ...] = ()
    wallets: tuple[str, ...] = ()
    address: str = ""
    city: str = ""


class Said(Struct, frozen=True, kw_only=True):
    """What a person said of an agency: words in any script, and what she was asked for apart."""

    text: str
    numbers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    place: str = ""


class ReadName(Struct, frozen=True, array_like=True):
    """A name and its words."""

    name: AgencyName
    words: tuple[Word, ...]
    acronyms: frozenset[str]


class ReadAgency(Struct, frozen=True, kw_only=True):
    """An agency with all that comparing needs worked out once."""

    facts: AgencyFacts
    names: tuple[ReadName, ...]
    number: str
    digits: str
    phones: frozenset[str]
    places: Mapping[str, Word]


class SaidNumber(Struct, frozen=True):
    """A licence number in somebody's words: letters before the digits, digits without leading zeros.
    `labelled`: called a licence; `mark`: the letters that called it one (RL); `whole`: nothing else
    was said; `part`: one of several runs of digits that are one number (123/064/065)."""

    letters: str
    digits: str
    tail: str
    labelled: bool
    whole: bool
    mark: str = ""
    part: bool = False


class ReadQuery(Struct, frozen=True, kw_only=True):
    """A query's words, the stretches of them that may be the name, and its numbers."""

    text: str

    words: tuple[Word, ...]
    spans: tuple[tuple[int, int], ...]
    numbers: tuple[SaidNumber, ...]
    phones: frozenset[str]
    places: tuple[Word, ...]
    encoding: str


class Commonness(Struct, frozen=True):
    """How many agencies the register has and how many of them use each word (by sound)."""

    total: int
    counts: Mapping[str, int]


class Judgement(StrEnum):
    """What an officer decided before of this query and this agency."""

    SAME = "same"
    OTHER = "other"


class Outcome(StrEnum):
    """CERTAIN and SUGGESTED are for an officer's eyes; a machine never links."""

    CERTAIN = "certain"
    SUGGESTED = "suggested"
    UNMATCHED = "unmatched"


class Reason(Struct, frozen=True):
    """Why a candidate is there: a feature, what it was worth, and what it was seen on."""

    feature: str
    worth: float
    said: str = ""
    known: str = ""


class Part(Struct, frozen=True):
    """What one feature adds to a candidate's points; all of them together make the score."""

    feature: str
    points: float


class Ranked(Struct, frozen=True, kw_only=True):
    """A candidate with its place, from best to worst. The points of `parts` add up to those of the score."""

    key: str
    score: float
    outcome: Outcome
    name: str
    reasons: tuple[Reason, ...]
    parts: tuple[Part, ...] = ()


class Match(Struct, frozen=True, kw_only=True):
    """The answer to a query. `outcome` is that of the first candidate."""

    outcome: Outcome
    candidates: tuple[Ranked, ...]
    matcher: str = MATCHER
