"""Pages of complaints: what workers see, and what officers see."""

from litestar import Router

from recruitwatch.complaints.pages import (
    case,
    deciding,
    desks,
    entering,
    following,
    judging,
    leaving,
    linking,
    pairing,
    quality,
    queue,
    sending,
    telling,
    working,
)
from recruitwatch.complaints.pages.frames import know_frame
from recruitwatch.complaints.values.cases import VisitOver
from recruitwatch.complaints.values.filing import DraftGone
from recruitwatch.web.compressing import COMPRESSED

help_pages = Router(
    "/",
    middleware=[COMPRESSED],
    before_request=know_frame,
    exception_handlers={DraftGone: entering.too_old, VisitOver: entering.too_old},
    route_handlers=[
        telling.first_page,
        telling.start,
        telling.step,
        telling.paper,
        sending.send_it,
        sending.delete_it,
        entering.use_code,
        following.see_case,
        following.write,
        following.tell_now,
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
        *pairing.HANDLERS,
        quality.show_quality,
        *deciding.HANDLERS,
        *desks.HANDLERS,
    ],
)

__all__ = ["complaints_pages", "help_pages"]
