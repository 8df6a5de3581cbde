"""Turning the terms of a contract into a paper: each text in each language, ready to be drawn."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from recruitwatch.contracts.rules.setting import (
    Setter,
    language_name,
    locale_for,
    set_date,
    set_value,
)
from recruitwatch.contracts.rules.slots import Slot, pieces, worded
from recruitwatch.contracts.values.judged import ContractLibrary, OccupationPack
from recruitwatch.contracts.values.paper import (
    Paper,
    PaperBlock,
    PaperCard,
    PaperCheck,
    PaperClause,
    PaperFact,
    PaperField,
    PaperFoot,
    PaperGroup,
    PaperLanguage,
    PaperRow,
    Piece,
    Text,
    Texts,
)
from recruitwatch.contracts.values.terms import Contract, Terms, WorkerIs
from recruitwatch.contracts.values.written import Parameter, Wording

CARD = (
    "embassy_phone",
    "police_phone",
    "helpline_phone",
    "women_shelter_phone",
    "origin_ministry_phone",
    "contract_number",
)
_SIGNERS = ("worker", "witness", "reader", "employer", "origin_agency", "dest_agency")
_NAMES = {
    "worker": "worker_name",
    "witness": "witness_name",
    "reader": "reader_name",
    "employer": "employer_name",
    "origin_agency": "origin_agency_name",
    "dest_agency": "dest_agency_name",
}
_EMPTY: Text = (Piece(""),)


def paper_of(contract: Contract, library: ContractLibrary, *, registered: bool = False) -> Paper:
    """The paper of a contract. It says that it is a draft until it is `registered`."""
    return _Sheet(contract, library).paper(registered=registered)


class _Sheet:
    """One contract with everything that is needed to say it in its languages."""

    def __init__(self, contract: Contract, library: ContractLibrary) -> None:
        self.contract = contract
        self.terms = contract.terms
        self.pack = library.pack(self.terms.pack, self.terms.template_version)
        self.setters = tuple(
            _setter(one, at, self.terms, self.pack, library)
            for at, one in enumerate(self.terms.languages)
        )

    def paper(self, *, registered: bool) -> Paper:
        return Paper(
            signed_on=self.terms.signed_on,
            registered=registered,
            draft=self.say("not_registered"),
            check=self._check(),
            languages=tuple(self._languages()),
            titles=self.each(lambda one, language: _plain_text(self._title(one, language))),
            notices=tuple(self._notices(registered=registered)),
            about=tuple(self._about()),
            key_facts_title=self.say("key_facts"),
            key_facts_hint=self.say("key_facts_hint"),
            key_facts=tuple(self._facts(self.pack.written.key_facts)),
            clauses_title=self.say("clauses"),
            groups=tuple(self._groups()),
            signatures_title=self.say("signatures"),
            signatures=tuple(self._signatures()),
            attestation_title=self.say("attestation"),
            attestations=tuple(self._attestations()),
            card=PaperCard(
                titles=self.say("card"),
                hint=self.say("card_hint"),
                facts=tuple(self._facts(CARD)),
            ),
            foot=self._foot(),
        )

    def each(self, say: Callable[[Setter, str], Text]) -> Texts:
        return tuple(
            say(setter, language)
            for setter, language in zip(self.setters, self.terms.languages, strict=True)
        )

    def say(self, key: str, **values: str) -> Texts:
        return tuple(one.phrase(key, **values) for one in self.setters)

    def _title(self, setter: Setter, language: str) -> str:
        return worded(self.pack.titles[language], feminine=setter.feminine)

    def _languages(self) -> Iterator[PaperLanguage]:
        for setter, language in zip(self.setters, self.terms.languages, strict=True):
            yield PaperLanguage(
                code=language,
                name=language_name(language, setter.locale),
                right_to_left=setter.locale.text_direction == "rtl",
                draft=language in self.pack.drafts or setter.words.draft,
            )

    def _notices(self, *, registered: bool) -> Iterator[Texts]:
        if not registered:
            yield self.say("not_registered")
        if self.contract.law.destination.only_official_form:
            yield self.say("annex_only")
        yield self.say("draft_template")
        drafts = [one.draft for one in self._languages()]
        if any(drafts):
            yield tuple(
                text if draft else _EMPTY
                for text, draft in zip(self.say("draft_translation"), drafts, strict=True)
            )

    def _about(self) -> Iterator[PaperFact]:
        terms = self.terms
        yield self._fact("contract_number", self._value("contract_number"))
        yield self._fact("version_of_contract", self._value("contract_version"))
        yield self._fact(
            "date_of_contract",
            self.each(lambda one, _: _value_text(set_date(terms.signed_on, one.locale))),
        )
        yield self._fact("corridor", self.each(lambda one, _: self._corridor(one)))
        yield self._fact("template", self.same(self._template))
        yield self._fact("check_code", self.same(self._short_hash))

    def _corridor(self, setter: Setter) -> Text:
        places = setter.locale.territories
        law = self.contract.law
        return setter.phrase(
            "from_to",
            origin=places.get(law.origin.code, law.origin.name),
            destination=places.get(law.destination.country, law.destination.name),
        )

    @property
    def _template(self) -> str:
        return f"{self.terms.pack}/{self.terms.template_version}"

    @property
    def _short_hash(self) -> str:
        return str(self.terms.values.get("terms_hash_short") or "")

    def same(self, text: str) -> Texts:
        return tuple(_value_text(text) for _ in self.setters)

    def _fact(self, key: str, texts: Texts) -> PaperFact:
        return PaperFact(name=key, labels=self.say(key), texts=texts)

    def _facts(self, names: Iterable[str]) -> Iterator[PaperFact]:
        for name in names:
            if name in self.terms.values:
                key = name if name == "contract_number" else f"fact_{name}"
                yield PaperFact(name=name, labels=self.say(key), texts=self._value(name))

    def _value(self, name: str) -> Texts:
        return self.each(lambda one, _: _value_text(self._set(name, one, with_unit=True)))

    def _set(self, name: str, setter: Setter, *, with_unit: bool) -> str:
        parameter = self.pack.parameters[name]
        return set_value(
            name,
            self.terms.values.get(name),
            parameter,
            setter,
            self._currency(parameter),
            with_unit=with_unit,
        )

    def _currency(self, parameter: Parameter) -> str | None:
        found = self.terms.values.get(parameter.currency) if parameter.currency else None
        return found if isinstance(found, str) else None

    def _groups(self) -> Iterator[PaperGroup]:
        groups = {one.id: one.group for one in self.pack.clauses}
        numbered = enumerate(self.terms.clauses, start=1)
        for group, found in groupby(numbered, key=lambda one: groups[one[1].id]):
            yield PaperGroup(
                titles=self.say(f"group_{group}"),
                clauses=tuple(self._clause(number, one.id, one.variant) for number, one in found),
            )

    def _clause(self, number: int, clause_id: str, variant: str) -> PaperClause:
        texts = [self.pack.texts[language][clause_id] for language in self.terms.languages]
        rows = zip(*(one.rows[variant] for one in texts), strict=True)
        return PaperClause(
            id=clause_id,
            number=str(number),
            titles=tuple(_plain_text(one.title) for one in texts),
            rows=tuple(
                PaperRow(number=f"{number}.{at}", texts=self._row(row))
                for at, row in enumerate(rows, start=1)
            ),
        )

    def _row(self, wordings: tuple[Wording, ...]) -> Texts:
        return tuple(
            self._said(worded(one, feminine=setter.feminine), setter)
            for one, setter in zip(wordings, self.setters, strict=True)
        )

    def _said(self, text: str, setter: Setter) -> Text:
        # One text can name the same value with its unit and without it.
        return tuple(
            Piece(self._set(one.name, setter, with_unit=one.with_unit), True)
            if isinstance(one, Slot)
            else Piece(one)
            for one in pieces(text)
        )

    def _signatures(self) -> Iterator[PaperBlock]:
        direct = self.terms.values.get("direct_hire") is True
        for role in _SIGNERS:
            if direct and role.endswith("_agency"):
                continue
            yield PaperBlock(
                name=role,
                titles=self.say(f"role_{role}"),
                statement=self.say(f"{role}_statement") if role in ("witness", "reader") else None,
                fields=tuple(self._lines(role)),
                thumbprint=self.say("thumbprint") if role in ("worker", "employer") else None,
            )

    def _lines(self, role: str) -> Iterator[PaperField]:
        given = self.terms.values.get(_NAMES[role])
        yield PaperField(
            labels=self.say("name"), texts=self._value(_NAMES[role]) if given else None
        )
        yield PaperField(labels=self.say("signature"))
        if role in ("worker", "employer"):
            yield PaperField(labels=self.say("guided_by"))
        if role == "reader":
            yield PaperField(labels=self.say("language_read"))
        yield PaperField(labels=self.say("place"))
        yield PaperField(labels=self.say("date"))

    def _attestations(self) -> Iterator[PaperBlock]:
        law = self.contract.law
        boxes = dict.fromkeys((*law.origin.attestation_boxes, *law.destination.attestation_boxes))
        for box in boxes:
            yield PaperBlock(
                name=box,
                titles=self.say(f"box_{box}"),
                fields=tuple(
                    PaperField(labels=self.say(one))
                    for one in ("officer", "file_number", "date", "signature")
                ),
                stamp=self.say("stamp"),
            )

    def _check(self) -> PaperCheck | None:
        found = str(self.terms.values.get("verify_url") or "")
        return PaperCheck(address=found, says=self.say("scan_to_check")) if found else None

    def _foot(self) -> PaperFoot:
        values = self.terms.values
        return PaperFoot(
            number=str(values.get("contract_number") or ""),
            version=str(values.get("contract_version") or ""),
            template=self._template,
            short_hash=self._short_hash,
            page=tuple(one.said("page") for one in self.setters),
            initials=self.say("initials"),
        )


def _setter(
    language: str, at: int, terms: Terms, pack: OccupationPack, library: ContractLibrary
) -> Setter:
    """The official language is written as in the country of work, the other as at home."""
    official = at == 0 and len(terms.languages) > 1
    country = terms.values.get("destination_country") if official else terms.origin
    return Setter(
        locale=locale_for(language, str(country)),
        words=library.words_of(pack, language),
        options=pack.options[language],
        feminine=terms.worker_is is WorkerIs.WOMAN,
    )


def _plain_text(text: str) -> Text:
    return (Piece(text),)


def _value_text(text: str) -> Text:
    return (Piece(text, True),)
