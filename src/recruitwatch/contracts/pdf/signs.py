"""Which small drawing stands beside which main point, for a worker who reads little."""

from collections.abc import Mapping

SIGNS: Mapping[str, str] = {
    "worker_name": "\N{BUST IN SILHOUETTE}",
    "employer_name": "\N{BRIEFCASE}",
    "job_title": "\N{HAMMER AND WRENCH}",
    "workplace_address": "\N{ROUND PUSHPIN}",
    "wage_amount": "\N{BANKNOTE WITH DOLLAR SIGN}",
    "wage_period": "\N{TEAR-OFF CALENDAR}",
    "pay_kind": "\N{ABACUS}",
    "payday_day": "\N{CALENDAR}",
    "hours_normal_day": "\N{CLOCK FACE EIGHT OCLOCK}",
    "hours_normal_week": "\N{SPIRAL CALENDAR PAD}",
    "rest_night_hours": "\N{CRESCENT MOON}",
    "night_care_mode": "\N{BED}",
    "rest_day_name": "\N{COUCH AND LAMP}",
    "annual_leave_days": "\N{PALM TREE}",
    "start_date": "\N{AIRPLANE}",
    "duration_months": "\N{HOURGLASS}",
    "room_type": "\N{DOOR}",
    "documents_held_by_worker": "\N{PASSPORT CONTROL}",
    "phone_kept_by_worker": "\N{MOBILE PHONE}",
    "embassy_phone": "\N{CLASSICAL BUILDING}",
    "helpline_phone": "\N{BLACK TELEPHONE}",
    "police_phone": "\N{POLICE CAR}",
}
