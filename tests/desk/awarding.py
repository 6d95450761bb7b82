"""Of one unit a nomination with a paper, a ballot and a decision, made without the actions: closed units have them too."""

import datetime as dt

from lantoa.awards import boxes, law
from lantoa.awards.models import (
    Award,
    Ballot,
    Council,
    Decision,
    DossierPaper,
    Nomination,
    Question,
)
from tests import make


def things_of(unit, mark, day):
    """What the routes of commendation point at, for one unit, with its mark."""
    common = {
        "unit": unit,
        "decider": unit,
        "level": law.level_of(unit),
        "kind": "individual",
        "form": "giay-khen",
        "recipient": unit,
        "name": f"Cá nhân {mark}",
        "is_direct_worker": True,
        "achievement": f"Thành tích {mark}",
        "called": f"Cá nhân {mark}",
        "folded": "",
        "recorded_at": make.NOON,
        "recorded_by": make.clerk(),
    }
    nomination = Nomination.objects.create(**common, state="decided")
    waiting = Nomination.objects.create(**common, state="voting")
    paper = DossierPaper.objects.create(
        kind="bao-cao", unit=unit, date=day, said={"records": []}, made_by=make.clerk(), made_at=make.NOON
    )  # fmt: skip
    paper.nominations.add(nomination)
    decision = Decision.objects.create(
        unit=unit,
        number=1,
        date=day,
        series_date=dt.date(day.year, 1, 1),
        form="giay-khen",
        achievement=f"Thành tích {mark}",
        signer_post="Bí thư",
        issued_at=make.NOON,
        issued_by=make.clerk(),
    )
    Award.objects.create(nomination=nomination, decision=decision, position=1)
    ballot = _ballot(unit, waiting, mark)
    return {
        "award": {"pk": nomination.pk},
        "award_paper": {"pk": nomination.pk, "kind": "bao-cao"},
        "decision": {"pk": decision.pk},
        "award_file": {"pk": decision.pk, "what": "quyet-dinh.docx"},
        "ballot": {"pk": ballot.pk},
        "unit": {"pk": unit.pk},
    }


def _ballot(unit, nomination, mark):
    council = Council.objects.create(unit=unit, name=f"Hội đồng {mark}", start_date=make.START)
    salt = boxes.new_salt()
    ballot = Ballot.objects.create(
        council=council,
        members=1,
        opened_at=make.NOON,
        closes_at=make.NOON + dt.timedelta(days=2),
        salt=salt,
        box=boxes.empty_box(salt, 1),
    )
    Question.objects.create(ballot=ballot, nomination=nomination, position=0)
    return ballot
