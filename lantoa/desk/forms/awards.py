"""What is typed about commendation: whom, for what, by whom; days, moments and ticks. Kept as typed when it is sent back."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from lantoa.awards import sources
from lantoa.awards.actions import Draft, Meeting
from lantoa.awards.models import Form, Kind, Nomination
from lantoa.awards.sources import Source
from lantoa.desk.doors import sentence
from lantoa.lib import dates
from lantoa.lib.errors import LantoaError
from lantoa.orgs.models import Person, Unit
from lantoa.plans.models import Movement

STEPS = 4
YES, NO = "co", "khong"


@dataclass
class NominateForm:
    """The four steps of a nomination, as far as they have been typed. Nothing of it stands in an address: it may name people."""

    step: int = 1
    # The version that was on the screen when the dossier was opened to be mended.
    seen: int = 0
    kind: str = ""
    recipient: int = 0
    name: str = ""
    post: str = ""
    direct: str = ""
    merits: tuple[Source, ...] = ()
    decider: int = 0
    form: str = Form.CERTIFICATE
    conditions: tuple[str, ...] = ()
    movement: int = 0
    achievement: str = ""
    consent: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def mistakes(self) -> list[tuple[str, str]]:
        return list(self.errors.items())

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the step that is shown does not ask for, to be sent along."""
        said = [("ban", str(self.seen or ""))]
        if self.step > 1:
            said += [("ai", self.kind), ("don-vi", str(self.recipient or ""))]
        if self.step != 2:
            said += [("ho-ten", self.name), ("chuc-vu", self.post), ("truc-tiep", self.direct)]
            said += [("ho-so", f"{kind}-{number}") for kind, number in self.merits]
        if self.step != 3:
            said += [("cap", str(self.decider or "")), ("hinh-thuc", self.form)]
            said += [("phong-trao", str(self.movement or ""))]
            said += [("dieu-kien", code) for code in self.conditions]
        if self.step != 4:
            said += [("thanh-tich", self.achievement), ("dong-y", self.consent)]
        return [(name, value) for name, value in said if value]


def read(sent: QueryDict) -> NominateForm:
    """What was sent, step by step; no judgement yet."""
    keys = [sources.key(each) for each in sent.getlist("ho-so")[:40]]
    return NominateForm(
        step=min(max(whole(sent.get("buoc", "1")), 1), STEPS),
        seen=whole(sent.get("ban", "")),
        kind=sent.get("ai", "") if sent.get("ai", "") in Kind.values else "",
        recipient=whole(sent.get("don-vi", "")),
        name=sent.get("ho-ten", "")[:200],
        post=sent.get("chuc-vu", "")[:200],
        direct=sent.get("truc-tiep", ""),
        merits=tuple(key for key in keys if key),
        decider=whole(sent.get("cap", "")),
        form=sent.get("hinh-thuc", "") or Form.CERTIFICATE,
        conditions=tuple(each[:40] for each in sent.getlist("dieu-kien")[:20]),
        movement=whole(sent.get("phong-trao", "")),
        achievement=sent.get("thanh-tich", "")[:400],
        consent=sent.get("dong-y", "")[:40],
    )


def of(nomination: Nomination) -> NominateForm:
    """A dossier as it stands, to be mended: it begins with the achievement, which is most often what is lacking."""
    direct = {True: YES, False: NO, None: ""}[nomination.is_direct_worker]
    return NominateForm(
        step=2,
        seen=nomination.version,
        kind=nomination.kind,
        recipient=nomination.recipient_id,
        name=nomination.name,
        post=nomination.post,
        direct=direct,
        merits=tuple((each.source_kind, each.source_id) for each in nomination.merits.all()),
        decider=nomination.decider_id,
        form=nomination.form,
        conditions=tuple(nomination.conditions),
        movement=nomination.movement_id or 0,
        achievement=nomination.achievement,
        consent=dates.show_day(nomination.consent_date) if nomination.consent_date else "",
    )


def missing(form: NominateForm) -> dict[str, str]:
    """What the step just filled in lacks; the rest is the action's to say."""
    if form.step == 1:
        wrong = {} if form.kind else {"ai": _("Chọn khen tập thể hay cá nhân.")}
        return wrong if form.recipient else wrong | {"don-vi": _("Chọn đơn vị.")}
    if form.step == 2:
        wrong = {} if form.merits else {"ho-so": _("Chọn ít nhất một hồ sơ làm thành tích.")}
        if form.kind == Kind.INDIVIDUAL and not form.name.strip():
            wrong["ho-ten"] = _("Ghi họ tên người được đề nghị.")
        if form.kind == Kind.INDIVIDUAL and form.direct not in (YES, NO):
            wrong["truc-tiep"] = _("Ghi rõ có phải người trực tiếp lao động hay không.")
        return wrong
    return {"cap": _("Chọn cấp quyết định.")} if form.step == 3 and not form.decider else {}


def draft(
    form: NominateForm, *, unit: Unit, decider: Unit, recipient: Unit, movement: Movement | None
) -> Draft:
    """The form as an action takes it.

    Raises:
        LantoaError: the day of consent is none.
    """
    is_one = form.kind == Kind.INDIVIDUAL
    return Draft(
        unit=unit,
        decider=decider,
        kind=form.kind,
        form=form.form,
        recipient=recipient,
        achievement=form.achievement,
        name=form.name if is_one else "",
        post=form.post if is_one else "",
        is_direct_worker={YES: True, NO: False}.get(form.direct) if is_one else None,
        movement=movement,
        merits=form.merits,
        conditions=form.conditions,
        consent_date=dates.read_day(form.consent) if is_one and form.consent.strip() else None,
    )


def meeting(sent: QueryDict) -> Meeting:
    """The meeting of the proposing level.

    Raises:
        LantoaError: its day is none.
    """
    heads = [whole(sent.get(name, "")) for name in ("thanh-vien", "co-mat", "dong-y")]
    return Meeting(dates.read_day(sent.get("ngay-hop", "")[:40]), *heads)


def moment(sent: QueryDict) -> dt.datetime:
    """The end of a ballot: a day, at five in the afternoon.

    Raises:
        LantoaError: the day is none.
    """
    day = dates.read_day(sent.get("han", "")[:40])
    return dt.datetime.combine(day, dt.time(17), dates.VIETNAM)


def day(typed: str) -> tuple[dt.date | None, str]:
    """A day, or what is wrong with it."""
    try:
        return dates.read_day(typed[:40]), ""
    except LantoaError as error:
        return None, sentence(error)


def whole(typed: str) -> int:
    """A number as a form sends it; 0 for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def seats(
    sent: QueryDict, people: Iterable[Person], titles: Mapping[int, str]
) -> list[tuple[Person, str, bool]]:
    """Who may sit in a council, as what, and whether they are ticked: as sent, or else as it sits now.

    Args:
        titles: of the council of now, by person.
    """
    is_sent = "thanh-vien" in sent
    chosen = {whole(each) for each in sent.getlist("thanh-vien")} if is_sent else set(titles)
    return [
        (
            each,
            sent.get(f"tu-cach-{each.pk}", "") if is_sent else titles.get(each.pk, ""),
            each.pk in chosen,
        )
        for each in people
    ]
