"""What there is to do about commendation: ballots to vote in, dossiers to appraise, dossiers to complete."""

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.awards import dossiers, queries, sittings
from lantoa.awards.models import Ballot, Nomination
from lantoa.desk.doors import lang
from lantoa.desk.rows import DUE_SOON, OVERDUE, RETURNED, SOON, THIS_MONTH, Asking, Task
from lantoa.lib import dates
from lantoa.lib.dates import day_of
from lantoa.orgs import rights

MOST = 20


def of_awards(asking: Asking) -> Sequence[Task]:
    """Ballots that wait for a vote, dossiers to appraise, and those that came back or were never sent."""
    found = [_ballot(each, asking.at) for each in sittings.to_vote(asking.person, asking.at)]
    if asking.here.roles & rights.ACTS["awards.appraise"].roles:
        found += _to_appraise(asking)
    if asking.here.roles & rights.ACTS["awards.nominate"].roles:
        mine = queries.to_complete(asking.here.unit)[:MOST]
        found += [_dossier(each, asking.at) for each in mine]
    return found


def _ballot(ballot: Ballot, at: dt.datetime) -> Task:
    due = day_of(ballot.closes_at)
    left = (due - day_of(at)).days
    return Task(
        title=_("Bỏ phiếu kín"),
        why=_("Hạn %(moment)s") % {"moment": dates.show_moment(ballot.closes_at, lang())},
        href=reverse("desk:ballot", args=[ballot.pk]),
        tag=ngettext("Còn %(n)s ngày", "Còn %(n)s ngày", left) % {"n": left},
        tag_kind="warn",
        tag_icon="lock",
        rank=DUE_SOON if left <= SOON else THIS_MONTH,
        due=due,
        sub=ballot.council.name,
    )


def _to_appraise(asking: Asking) -> list[Task]:
    """One row for all that waits, due by the clock of the one that waits longest."""
    waiting = list(queries.to_appraise(asking.person, asking.at)[:MOST])
    if not waiting:
        return []
    today, count = day_of(asking.at), len(waiting)
    *_first, last = dossiers.clocks(waiting[0], today)
    late = last.left < 0
    title = ngettext(
        "Thẩm định %(n)s hồ sơ khen thưởng", "Thẩm định %(n)s hồ sơ khen thưởng", count
    )
    return [
        Task(
            title=title % {"n": count},
            why=_("hạn %(day)s") % {"day": dates.show_day(last.due)},
            href=f"{reverse('desk:awards')}?tinh=sent",
            tag=_("Quá hạn") if late else _("Chờ thẩm định"),
            tag_kind="err" if late else "info",
            tag_icon="award",
            rank=OVERDUE if late else DUE_SOON,
            due=last.due,
        )
    ]


def _dossier(nomination: Nomination, at: dt.datetime) -> Task:
    is_back = nomination.state == Nomination.State.INCOMPLETE
    return Task(
        title=_("Hoàn thiện đề nghị khen %(name)s") % {"name": nomination.called},
        why=_("Cần bổ sung: “%(said)s”") % {"said": nomination.remark}
        if is_back
        else _("Đang soạn dở, chưa gửi"),
        href=reverse("desk:award", args=[nomination.pk]),
        tag=_("Cần bổ sung") if is_back else _("Nháp"),
        tag_kind="warn" if is_back else "",
        tag_icon="rotate-ccw" if is_back else "pencil",
        rank=RETURNED if is_back else THIS_MONTH,
        due=day_of(at),
    )
