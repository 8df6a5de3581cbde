"""Readings of agencies as bytes, so that a search need not take every name apart again."""

from msgspec.msgpack import Decoder, Encoder

from recruitwatch.names.values import ReadAgency

_encoder = Encoder(order="deterministic")
_decoder = Decoder(ReadAgency)


def pack(agency: ReadAgency) -> bytes:
    """The same agency, read with the same tables, gives the same bytes."""
    return _encoder.encode(agency)


def unpack(content: bytes) -> ReadAgency:
    return _decoder.decode(content)
