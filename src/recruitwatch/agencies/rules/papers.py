"""Which uploaded documents are taken: told by their content, not by their name."""

LARGEST = 5 * 1024 * 1024
_BEGINNINGS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


def media_type(content: bytes) -> str | None:
    """PDF, PNG or JPEG by the bytes a file of that kind must begin with; None for anything else."""
    return next((kind for mark, kind in _BEGINNINGS.items() if content.startswith(mark)), None)
