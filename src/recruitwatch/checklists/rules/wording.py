"""The words in which a question, a heading or an option is shown in a language."""

from recruitwatch.checklists.values import Checklist, Item, Section, Wording

ORIGINAL = "en"


def wording(item: Item, language: str) -> Wording:
    """The question in the reader's language, or in English where it has no translation."""
    found = item.translations.get(language)
    if found is None:
        return Wording(text=item.text, guidance=item.guidance, language=ORIGINAL, reviewed=True)
    return Wording(
        text=found.text, guidance=found.guidance, language=language, reviewed=found.reviewed
    )


def title_in(titled: Checklist | Section, language: str) -> str:
    """The title of a checklist or section in the reader's language, or in English."""
    found = titled.translations.get(language)
    return titled.title if found is None else found.title


def option_label(item: Item, option: str, language: str) -> str:
    """An option in readable words: its translation, or its English code with spaces."""
    found = item.translations.get(language)
    plain = option.replace("_", " ").capitalize()
    return plain if found is None else found.options.get(option, plain)
