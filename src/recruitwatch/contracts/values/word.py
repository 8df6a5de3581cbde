"""How the terms of a contract travel inside a Word file, and why such a file is refused."""

from recruitwatch.errors import N_, Rejected

# The custom part of our Word files: one element of this name with the canonical JSON as its text.
TERMS_NAMESPACE = "urn:recruitwatch:contract-terms:1"
TERMS_ELEMENT = "terms"

MOST_FILE_BYTES = 10_000_000
MOST_ENTRIES = 500
MOST_UNPACKED_BYTES = 60_000_000
# Word files of many equal tables come to 40.
MOST_RATIO = 150
MOST_TERMS_BYTES = 1_000_000


class WordFileRefused(Rejected):
    code = "contracts.word-file"


class NoWordFile(WordFileRefused):
    code = "contracts.no-word-file"
    sentence = N_("This is no Word file (DOCX), or it is damaged.")


class WordFileTooLarge(WordFileRefused):
    code = "contracts.word-file-too-large"
    sentence = N_("The Word file is larger than a contract can be (%(most)s bytes).")


class WordFileSuspicious(WordFileRefused):
    """Packed so that opening it could fill a computer."""

    code = "contracts.word-file-suspicious"
    sentence = N_("The Word file is packed in a way that no contract needs. It was not opened.")


class NoTermsInside(WordFileRefused):
    code = "contracts.no-terms"
    sentence = N_(
        "The Word file carries no terms. Only files that recruitwatch made can be checked."
    )


class TermsDamaged(WordFileRefused):
    code = "contracts.terms-damaged"
    sentence = N_("The terms in the Word file are damaged: %(reason)s")
