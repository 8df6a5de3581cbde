"""Texts typed with old fonts, which look like garbage elsewhere, told apart and read."""


def decode_legacy(text: str) -> tuple[str, str]:
    """The text in Unicode and the name of the old encoding it was in, or as it is and nothing."""
    return text, ""
