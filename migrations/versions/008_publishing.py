"""Publishing cards: the public card of each issued one, and the steps from draft to recall."""

from migration_sql import run

revision = "008"
down_revision = "007"


def upgrade() -> None:
    run(CARDS)
    run(DUE_PROCESS)
    run(APPEND_ONLY)


# `public_card` is what everybody may read; `basis` is what it was made from and is never shown. Both are
# frozen when the card is issued. Cards issued before this version have none and cannot be published.
CARDS = """
create table public_cards (
  card_id uuid constraint pk_public_cards primary key
    constraint fk_public_cards_card_id_issued_scorecards references issued_scorecards,
  agency_id uuid not null constraint fk_public_cards_agency_id_agencies references agencies,
  public_card text not null,
  sha256 text not null,
  basis text not null,
  draft_days integer not null,
  reason text not null,
  prepared_at timestamptz not null,
  constraint ck_public_cards_draft_days check (draft_days between 0 and 120)
);
create index ix_public_cards_agency_id on public_cards (agency_id, prepared_at, card_id);
create index ix_public_cards_sha256 on public_cards (sha256);
create table card_steps (
  id bigint generated always as identity constraint pk_card_steps primary key,
  card_id uuid not null constraint fk_card_steps_card_id_public_cards references public_cards,
  kind text not null,
  on_date date not null,
  text text not null,
  taken_by uuid not null,
  taken_at timestamptz not null,
  constraint ck_card_steps_kind check (kind in ('served', 'replied', 'published', 'recalled')),
  constraint ck_card_steps_reason check (kind <> 'recalled' or length(text) > 0)
);
create index ix_card_steps_card_id on card_steps (card_id, id);
create unique index uq_card_steps_once on card_steps (card_id, kind) where kind <> 'replied';
create table card_papers (
  card_id uuid not null constraint fk_card_papers_card_id_public_cards references public_cards,
  language text not null,
  sha256 text not null,
  size integer not null,
  made_at timestamptz not null,
  constraint pk_card_papers primary key (card_id, language)
);
create index ix_card_papers_sha256 on card_papers (sha256);
"""

# The agency gets the draft first, and the days of the draft pass: a matter of the data, not of a page.
# Zones lie up to a day from UTC: the exact day is a matter of the rules.
DUE_PROCESS = """
create function card_due_process() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare card public_cards; served date;
begin
  select * into card from public_cards where card_id = new.card_id for update;
  select max(on_date) into served from card_steps where card_id = new.card_id and kind = 'served';
  if new.kind <> 'served' and served is null then
    raise exception 'the agency has not got the draft' using errcode = 'check_violation',
      constraint = 'tr_card_steps_not_served';
  end if;
  if new.kind = 'published' and new.on_date < served + card.draft_days then
    raise exception 'the days of the draft are not over' using errcode = 'check_violation',
      constraint = 'tr_card_steps_too_early';
  end if;
  if new.kind = 'recalled' and not exists (select 1 from card_steps
      where card_id = new.card_id and kind = 'published') then
    raise exception 'the card is not published' using errcode = 'check_violation',
      constraint = 'tr_card_steps_not_published';
  end if;
  if new.kind = 'published' and exists (
      select 1 from card_steps step
      join public_cards other on other.card_id = step.card_id
      join issued_scorecards later on later.id = other.card_id
      join issued_scorecards own on own.id = new.card_id
      where step.kind = 'published' and other.agency_id = card.agency_id
      and later.revision > own.revision) then
    raise exception 'a newer revision is published' using errcode = 'check_violation',
      constraint = 'tr_card_steps_older';
  end if;
  return new;
end $$;
create trigger card_steps_due_process before insert on card_steps
  for each row execute function card_due_process();
"""

APPEND_ONLY = """
create trigger public_cards_append_only before update or delete or truncate on public_cards
  for each statement execute function forbid_change();
create trigger card_steps_append_only before update or delete or truncate on card_steps
  for each statement execute function forbid_change();
create trigger card_papers_append_only before update or delete or truncate on card_papers
  for each statement execute function forbid_change();
"""
