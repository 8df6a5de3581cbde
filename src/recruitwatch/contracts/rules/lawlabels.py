"""What regulators call the figures of law, their marks and what is known of a country."""

from collections.abc import Mapping

from recruitwatch.contracts.values.corridors import Confidence, HoursBasis, How
from recruitwatch.errors import N_, Message

FIGURES: Mapping[str, str] = {
    "contract_max_months": N_("Longest contract"),
    "copies_min": N_("Signed copies, at least"),
    "deduction_max_percent": N_("Deductions from wages, at most"),
    "eos_days_per_year": N_("Pay at the end of service, for each year"),
    "final_pay_days": N_("Time for the last payment"),
    "food_allowance_min": N_("Food allowance, at least"),
    "guaranteed_hours": N_("Guaranteed hours"),
    "guaranteed_hours_percent": N_("Guaranteed share of the hours"),
    "home_ticket_months": N_("Journey home paid by the employer, every"),
    "hours_day_max": N_("Hours of work in a day, at most"),
    "hours_week_max": N_("Hours of work in a week, at most"),
    "housing_cost_worker": N_("What the worker pays for housing"),
    "leave_annual_min_days": N_("Paid leave, at least"),
    "min_age_years": N_("Lowest age of the worker"),
    "notice_min_days": N_("Notice, at least"),
    "overtime_max_hours_day": N_("Overtime in a day, at most"),
    "overtime_rate_percent": N_("Pay for overtime, at least"),
    "probation_max_days": N_("Trial period, at most"),
    "public_holidays_paid": N_("Paid public holidays"),
    "rest_daily_min": N_("Rest in every day, at least"),
    "rest_night_min": N_("Night rest, at least"),
    "rest_weekly_min": N_("Weekly rest, at least"),
    "restday_protected_per_month": N_("Rest days in a month that cannot be bought out"),
    "restday_work_percent": N_("Pay for work on a rest day, at least"),
    "sick_full_min_days": N_("Sick leave with full pay, at least"),
    "travel_allowance_day": N_("Food money for a day of travel"),
    "wage_month_min": N_("Monthly wage, at least"),
    "wage_payment_deadline_days": N_("Time for paying the wage"),
    "worker_fee_max": N_("Fees that the worker pays, at most"),
}
FIELDS: Mapping[str, str] = {
    "attestation": N_("Who attests"),
    "attestation_boxes": N_("Boxes for stamps"),
    "confidence": N_("How sure it is"),
    "country": N_("Country"),
    "covers_from": N_("First day"),
    "covers_to": N_("Last day"),
    "currency": N_("Currency"),
    "end": N_("Last day"),
    "hours_basis": N_("How hours are counted"),
    "how": N_("How it is known"),
    "language_rule": N_("Which language counts"),
    "languages": N_("Official languages"),
    "name": N_("Name"),
    "note": N_("Note"),
    "only_official_form": N_("Only the official form is accepted"),
    "other_sources": N_("Other sources"),
    "packs": N_("Kinds of work"),
    "scheme": N_("Scheme"),
    "signatories": N_("Who signs"),
    "source": N_("Source"),
    "start": N_("First day"),
    "text_fixed_by_law": N_("The law says which text counts"),
    "unit": N_("Unit"),
    "value": N_("Figure"),
    "women_only": N_("For women only"),
    "year": N_("Year"),
}
HOW: Mapping[How, str] = {
    How.SEEN: N_("read at its source"),
    How.GENERAL: N_("known in general, not checked"),
    How.CONFLICT: N_("sources disagree"),
}
CONFIDENCE: Mapping[Confidence, str] = {
    Confidence.HIGH: N_("sure"),
    Confidence.MEDIUM: N_("fairly sure"),
    Confidence.LOW: N_("not sure"),
}
HOURS: Mapping[HoursBasis, str] = {
    HoursBasis.WITH_BREAKS: N_("breaks are counted as work"),
    HoursBasis.WITHOUT_BREAKS: N_("breaks are not counted"),
    HoursBasis.ACTUAL_WORK: N_("only actual work is counted"),
    HoursBasis.NOT_KNOWN: N_("not known"),
}


def figure_label(about: str) -> Message:
    """What a figure is called; by its name in the file where nobody called it anything."""
    return Message(FIGURES.get(about) or about.replace("_", " ").capitalize())
