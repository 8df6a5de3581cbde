"""What our stack is measured against, each a server of its own under the same uvicorn settings:
`hello` answers JSON from Litestar; `agency` answers one SQL query from bare ASGI."""

import asyncio
import gc
import os
import socket
import sys

import uvicorn
from litestar import Litestar, get
from litestar.types import ASGIApp

# What the public page and the JSON of an agency show, in one statement.
AGENCY = """
select json_build_object(
  'id', a.id, 'legal_name', a.legal_name, 'country', a.country, 'licence_no', a.licence_no,
  'updated_at', a.updated_at, 'register', (select row_to_json(r) from registers r where r.id = a.register_id),
  'names', (select json_agg(json_build_object('kind', kind, 'name', name, 'source', source) order by position)
            from agency_names where agency_id = a.id and position > 0),
  'addresses', (select json_agg(json_build_object('address', address, 'city', city, 'source', source) order by position)
                from agency_addresses where agency_id = a.id),
  'contacts', (select json_agg(json_build_object('kind', kind, 'value', value, 'source', source) order by position)
               from agency_contacts where agency_id = a.id),
  'branches', (select json_agg(json_build_object('name', name, 'address', address, 'phone', phone) order by position)
               from agency_branches where agency_id = a.id),
  'sectors', (select json_agg(sector order by sector) from agency_sectors where agency_id = a.id),
  'destinations', (select json_agg(country order by country) from agency_destinations where agency_id = a.id),
  'deployments', (select json_agg(json_build_object('year', year, 'sex', sex, 'destination', destination,
                    'workers', workers, 'source', source) order by year, sex, destination)
                  from deployments where agency_id = a.id),
  'claims', (select json_agg(json_build_object('source', source, 'word', word, 'stated_on', stated_on,
               'valid_until', valid_until) order by position) from status_claims where agency_id = a.id),
  'decisions', (select json_agg(json_build_object('licence_no', l.licence_no, 'valid', l.valid,
                  'state', d.state, 'effective_on', d.effective_on, 'until_on', d.until_on,
                  'ground', d.ground) order by d.effective_on, d.decided_at)
                from licences l join licence_decisions d on d.licence_id = l.id where l.agency_id = a.id)
)::text from agencies a where a.id = $1
"""


@get("/", sync_to_thread=False)
def hello() -> dict[str, str]:
    return {"hello": "world"}


def hello_app() -> ASGIApp:
    return Litestar([hello], openapi_config=None, logging_config=None)


def agency_app(dsn: str) -> ASGIApp:
    import asyncpg

    pool: asyncpg.Pool | None = None
    headers = [(b"content-type", b"application/json")]

    async def app(scope, receive, send):  # type: ignore[no-untyped-def]
        nonlocal pool
        if scope["type"] == "lifespan":
            await receive()
            pool = await asyncpg.create_pool(dsn, min_size=10, max_size=10)
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await pool.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
        text = await pool.fetchval(AGENCY, scope["path"].rsplit("/", 1)[-1])  # type: ignore[union-attr]
        body = text.encode()
        length = (b"content-length", str(len(body)).encode())
        await send({"type": "http.response.start", "status": 200, "headers": [*headers, length]})
        await send({"type": "http.response.body", "body": body})

    return app


async def _freeze() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def main(kind: str) -> None:
    """Serve on the port of the environment with the settings of `recruitwatch serve`."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("127.0.0.1", int(os.environ["PORT"])))
    door.listen(1024)
    app = hello_app() if kind == "hello" else agency_app(os.environ["BENCH_DSN"])
    asyncio.run(_freeze())
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, loop="uvloop"
    )
    uvicorn.Server(config).run(sockets=[door])


if __name__ == "__main__":
    main(sys.argv[1])
