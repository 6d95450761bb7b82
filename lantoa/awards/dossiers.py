"""How a dossier stands: its papers, its conditions, its clocks, and whether the achievement was awarded before."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from lantoa.awards import law
from lantoa.awards.models import Award, DossierPaper, Merit, Nomination
from lantoa.awards.refusals import PAPERS_EN
from lantoa.awards.sources import Source
from lantoa.lib import text, workdays
from lantoa.lib.dates import day_of
from lantoa.orgs.models import Closure, Unit
from lantoa.orgs.queries import valid_on

IDS_A_QUERY = 500
State = Nomination.State
# Where the dossier still lies with whoever nominated.
OWN_HANDS = (State.DRAFT, State.INCOMPLETE)


class Condition(NamedTuple):
    """One line of the checklist; `where` is the part of the page that mends it."""

    where: str
    vi: str
    en: str
    is_met: bool


class Clock(NamedTuple):
    """A day by which something must be done, counted in working days; `left` is negative when it has passed."""

    what: str
    due: dt.date
    left: int


def checklist(
    nomination: Nomination, papers: Iterable[DossierPaper], merits: int, earlier: Award | None
) -> list[Condition]:
    """What a dossier needs before it can go upward, each met or not."""
    kinds = {each.kind: each for each in papers}
    report = kinds.get(DossierPaper.Kind.REPORT)
    has = {
        DossierPaper.Kind.SUBMISSION: DossierPaper.Kind.SUBMISSION in kinds,
        DossierPaper.Kind.REPORT: report is not None and report.confirmed_at is not None,
        DossierPaper.Kind.MINUTES: DossierPaper.Kind.MINUTES in kinds,
    }
    said_vi = {kind: str(kind.label) for kind in DossierPaper.Kind}
    said_vi[DossierPaper.Kind.REPORT] += ", cấp trình xác nhận"
    asked = law.form_rule(nomination.form, day_of(nomination.recorded_at)).conditions_for(nomination.kind)  # fmt: skip
    again = earlier is None or bool(nomination.again_reason)
    return [
        Condition("ho-so", "có hồ sơ đã ghi làm thành tích", "records that show the achievement", merits > 0),
        *(Condition("dieu-kien", each.vi, each.en, each.code in nomination.conditions) for each in asked),
        Condition("thanh-tich", "chưa được khen về thành tích này", "not yet commended for this achievement", again),
        *(Condition("giay-to", said_vi[kind], PAPERS_EN[kind], has[kind]) for kind in DossierPaper.Kind),
    ]  # fmt: skip


def checklists(
    nominations: Sequence[Nomination], earlier: Mapping[int, Award] | None = None
) -> dict[int, list[Condition]]:
    """`checklist` of many. Their papers and merits must have been prefetched; a few queries for the rest."""
    before = earlier_awards(nominations) if earlier is None else earlier
    return {
        each.pk: checklist(each, each.papers.all(), len(each.merits.all()), before.get(each.pk))
        for each in nominations
    }


def clocks(nomination: Nomination, today: dt.date) -> list[Clock]:
    """What runs for the level that appraises: to say that it is incomplete, and to have appraised it."""
    if nomination.state != State.SENT or nomination.sent_date is None:
        return []
    rule = law.procedure_on(nomination.sent_date)
    spans = (("incomplete", rule.incomplete_days), ("appraisal", rule.appraisal_days))
    dues = ((what, workdays.after(nomination.sent_date, days).day) for what, days in spans)
    return [Clock(what, due, _workdays_left(today, due)) for what, due in dues]


def _workdays_left(today: dt.date, due: dt.date) -> int:
    first, last = sorted((today, due))
    days = ((first + dt.timedelta(days=n + 1)) for n in range((last - first).days))
    count = sum(workdays.is_workday(day) for day in days)
    return count if due >= today else -count


def earlier_awards(nominations: Sequence[Nomination]) -> dict[int, Award]:
    """For each nomination, an award to the same recipient for the same achievement, if there is one that stands.

    The same achievement: the same words, or one record in common. A few queries for every 500 nominations.
    """
    found: dict[int, Award] = {}
    for start in range(0, len(nominations), IDS_A_QUERY):
        some = nominations[start : start + IDS_A_QUERY]
        awards = _awards_to(some)
        merits = _merits_of(some, awards)
        for each in some:
            for award in awards[recipient_key(each)]:
                if award.nomination_id != each.pk and _is_same(each, award, merits):
                    found[each.pk] = award
    return found


def years_awarded(nominations: Sequence[Nomination], since: dt.date) -> dict[int, list[int]]:
    """In which years the recipient of each nomination was commended since a day, for anything. One query for every 500."""
    found: dict[int, list[int]] = {}
    for start in range(0, len(nominations), IDS_A_QUERY):
        some = nominations[start : start + IDS_A_QUERY]
        awards = _awards_to(some)
        for each in some:
            dates = (award.decision.date for award in awards[recipient_key(each)])
            found[each.pk] = sorted({date.year for date in dates if date >= since})
    return found


def recipient_key(nomination: Nomination) -> tuple[int, str, str]:
    """Who is meant: a collective is its unit, an individual a name at a unit."""
    return nomination.recipient_id, nomination.kind, text.unique_key(nomination.name)


def _awards_to(nominations: Sequence[Nomination]) -> dict[tuple[int, str, str], list[Award]]:
    standing = Award.objects.filter(revoked_at=None).select_related("nomination", "decision")
    found: dict[tuple[int, str, str], list[Award]] = defaultdict(list)
    ids = {each.recipient_id for each in nominations}
    for award in standing.filter(nomination__recipient__in=ids):
        found[recipient_key(award.nomination)].append(award)
    return found


def _merits_of(
    nominations: Sequence[Nomination], awards: dict[tuple[int, str, str], list[Award]]
) -> dict[int, set[Source]]:
    wanted = {each.pk for each in nominations}
    wanted |= {award.nomination_id for many in awards.values() for award in many}
    ids, found = sorted(wanted), defaultdict[int, set[Source]](set)
    for start in range(0, len(ids), IDS_A_QUERY):
        rows = Merit.objects.filter(nomination__in=ids[start : start + IDS_A_QUERY])
        for number, kind, source in rows.values_list("nomination", "source_kind", "source_id"):
            found[number].add((kind, source))
    return found


def _is_same(nomination: Nomination, award: Award, merits: dict[int, set[Source]]) -> bool:
    said, before = nomination.achievement, award.nomination.achievement
    if text.unique_key(said) == text.unique_key(before):
        return True
    return bool(merits[nomination.pk] & merits[award.nomination_id])


def deciders(unit: Unit, day: dt.date) -> list[Unit]:
    """The units that may decide about what this one proposes: itself and those above in any line, the nearest first."""
    above = Closure.objects.filter(valid_on(day), unit=unit, ancestor__kind__in=list(law.LEVELS))
    found: dict[int, Unit] = {}
    for row in above.select_related("ancestor").order_by("depth", "line__position", "ancestor"):
        found.setdefault(row.ancestor_id, row.ancestor)
    return list(found.values())
