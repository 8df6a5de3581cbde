"""Pages of complaints: what workers see, and what officers see."""

from litestar import Router

from recruitwatch.complaints.pages import (
    case,
    deciding,
    desks,
    following,
    judging,
    leaving,
    linking,
    queue,
    sending,
    telling,
    working,
)
from recruitwatch.web.compressing import COMPRESSED

help_pages = Router(
    "/",
    middleware=[COMPRESSED],
    route_handlers=[
        telling.first_page,
        telling.start,
        telling.step,
        telling.paper,
        sending.send_it,
        sending.delete_it,
        following.use_code,
        following.see_case,
        following.write,
        following.add_file,
        following.take_back,
        leaving.leave,
        leaving.first_page_instead,
        leaving.this_month,
    ],
)

complaints_pages = Router(
    "/",
    route_handlers=[
        queue.show_queue,
        *case.HANDLERS,
        *working.HANDLERS,
        *judging.HANDLERS,
        *linking.HANDLERS,
        *deciding.HANDLERS,
        *desks.HANDLERS,
    ],
)

__all__ = ["complaints_pages", "help_pages"]
