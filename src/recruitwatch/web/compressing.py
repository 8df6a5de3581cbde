"""Compression of answers, for the routers that ask for it.

A page that shows what others can choose beside a secret that a cookie brings along must not be
compressed: its length would tell. Built files hold no secret, and the worker's pages have no cookie:
nobody else can have one of hers sent.
"""

from litestar.config.compression import CompressionConfig
from litestar.middleware import DefineMiddleware
from litestar.middleware.compression import CompressionMiddleware

COMPRESSED = DefineMiddleware(CompressionMiddleware, config=CompressionConfig(backend="gzip"))
