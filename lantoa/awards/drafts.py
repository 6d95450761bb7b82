"""What is typed about a nomination, and what is wrong with it."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from lantoa.awards import dossiers, law, sources
from lantoa.awards.models import Form, Kind, Merit, Nomination
from lantoa.awards.refusals import SENTENCE_LENGTH
from lantoa.awards.sources import Source
from lantoa.lib import text
from lantoa.lib.errors import RefusedError
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Closure, Unit
from lantoa.orgs.queries import valid_on
from lantoa.plans.models import Movement

NAME_LENGTH = 120


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A nomination as it is typed. An individual has a name and is, or is not, a direct worker; a collective has neither.

    Attributes:
        recipient: the collective, or the unit of the individual: the proposing unit or one below it.
        merits: records of the recipient's, as (room's kind, number).
        conditions: codes of what the law asks, said to be met.
        consent_date: the day on which the individual agreed to be published.
    """

    unit: Unit
    decider: Unit
    kind: str
    form: str
    recipient: Unit
    achievement: str
    name: str = ""
    post: str = ""
    is_direct_worker: bool | None = None
    movement: Movement | None = None
    merits: tuple[Source, ...] = ()
    conditions: tuple[str, ...] = ()
    consent_date: dt.date | None = None


def clean(typed: str) -> str:
    return " ".join(text.nfc(typed).split())


def refuse_wrong(drafts: Sequence[Draft], day: dt.date) -> None:
    """Refuse the first draft that is wrong, with its sentence. A few queries, however many drafts."""
    for each in drafts:
        _refuse_wrong_words(each, day)
    _refuse_wrong_places(drafts, day)


def fill(nomination: Nomination, draft: Draft, names: dict[int, str], day: dt.date) -> Nomination:
    """Put what was typed into a nomination that is not saved yet. `names`: of the recipients' units."""
    level = law.level_given(draft.decider, draft.form, day)
    assert level is not None  # noqa: S101 - asked before
    unit_name = names.get(draft.recipient.pk, "")
    nomination.unit, nomination.decider, nomination.level = draft.unit, draft.decider, level
    nomination.kind, nomination.form, nomination.recipient = draft.kind, draft.form, draft.recipient
    nomination.name, nomination.post = clean(draft.name), clean(draft.post)
    nomination.is_direct_worker = draft.is_direct_worker
    nomination.achievement, nomination.movement = clean(draft.achievement), draft.movement
    nomination.conditions, nomination.consent_date = list(draft.conditions), draft.consent_date
    nomination.called = nomination.name or unit_name
    nomination.folded = text.fold(f"{nomination.called} {unit_name} {nomination.achievement}")
    return nomination


def merits_of(nomination: Nomination, draft: Draft) -> list[Merit]:
    return [
        Merit(nomination=nomination, source_kind=kind, source_id=number)
        for kind, number in dict.fromkeys(draft.merits)
    ]


def names_for(drafts: Iterable[Draft], day: dt.date) -> dict[int, str]:
    """The full name of each recipient's unit on the day."""
    named = orgs.names_on(day, [each.recipient.pk for each in drafts])
    return {pk: row.name for pk, row in named.items()}


def _refuse_wrong_words(draft: Draft, day: dt.date) -> None:
    level = law.level_of(draft.decider)
    if level is None or draft.form not in law.forms_at(level, day):
        raise RefusedError(
            where="hinh-thuc",
            vi="Cấp này không khen bằng hình thức ấy. Chọn cấp và hình thức khác.",
            en="This level does not give that form of award. Choose another level or form.",
        )
    if draft.kind not in Kind.values or draft.form not in Form.values:
        raise RefusedError(
            where="ai",
            vi="Chọn khen tập thể hay cá nhân.",
            en="Choose whether a collective or an individual is commended.",
        )
    said = clean(draft.achievement)
    if not said or len(said) > SENTENCE_LENGTH:
        raise RefusedError(
            where="thanh-tich",
            vi=f"Ghi thành tích trong một câu, tối đa {SENTENCE_LENGTH} ký tự.",
            en=f"Say the achievement in one sentence of at most {SENTENCE_LENGTH} characters.",
        )
    if draft.kind == Kind.INDIVIDUAL:
        _refuse_wrong_individual(draft)
    elif draft.name or draft.post or draft.is_direct_worker is not None:
        raise RefusedError(
            where="ho-ten",
            vi="Khen tập thể thì không ghi họ tên, chức vụ của ai.",
            en="A collective has no name and no post of anybody.",
        )


def _refuse_wrong_individual(draft: Draft) -> None:
    if not clean(draft.name) or max(len(clean(draft.name)), len(clean(draft.post))) > NAME_LENGTH:
        raise RefusedError(
            where="ho-ten",
            vi=f"Ghi họ tên người được đề nghị; họ tên và chức vụ tối đa {NAME_LENGTH} ký tự.",
            en=f"Enter the name of the one nominated; name and post have at most {NAME_LENGTH} characters.",
        )
    if draft.is_direct_worker is None:
        raise RefusedError(
            where="truc-tiep",
            vi="Ghi rõ có phải người trực tiếp lao động hay không.",
            en="Say whether they work with their own hands or not.",
        )


def _refuse_wrong_places(drafts: Sequence[Draft], day: dt.date) -> None:
    """Decided at or above the unit that proposes; commended at or below it, for what was recorded there."""
    shown = sources.shown({each for draft in drafts for each in draft.merits})
    units = {draft.unit.pk for draft in drafts}
    inside = {draft.recipient.pk for draft in drafts} | {each.unit_id for each in shown.values()}
    below = _pairs(units, inside, day)
    above = _pairs({draft.decider.pk for draft in drafts}, units, day)
    for draft in drafts:
        if (draft.decider.pk, draft.unit.pk) not in above:
            raise RefusedError(
                where="cap",
                vi="Cấp quyết định phải là đơn vị này hoặc cấp trên của đơn vị này. Chọn lại cấp.",
                en="The unit that decides must be this one or one above it. Choose again.",
            )
        if (draft.unit.pk, draft.recipient.pk) not in below:
            raise RefusedError(
                where="don-vi",
                vi="Chỉ đề nghị khen đơn vị mình, đơn vị bên dưới, hoặc người ở đó.",
                en="One nominates one's own unit, units below it, and people there.",
            )
        for source in draft.merits:
            found = shown.get(source)
            if found is None or found.is_withdrawn or (draft.unit.pk, found.unit_id) not in below:
                raise RefusedError(
                    where="ho-so",
                    vi="Có hồ sơ thành tích đã rút hoặc không phải của đơn vị này. Bỏ chọn hồ sơ đó.",
                    en="A record was withdrawn, or is not of this unit. Leave it out.",
                )


def _pairs(above: Collection[int], below: Collection[int], day: dt.date) -> set[tuple[int, int]]:
    """Who stands above whom, oneself included, in any line on the day."""
    ids, found = sorted(below), set[tuple[int, int]]()
    for start in range(0, len(ids), dossiers.IDS_A_QUERY):
        some = ids[start : start + dossiers.IDS_A_QUERY]
        rows = Closure.objects.filter(valid_on(day), unit__in=some)
        pairs = rows.values_list("ancestor", "unit")
        found |= {pair for pair in pairs if pair[0] in above}
    return found
