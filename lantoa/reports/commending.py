"""Papers of commendation: the three of a dossier, and the decision with its list, in the layout of their issuer and date.

What they say comes from `awards`; how they look from `layouts.toml` and `issuers.toml`, as with reports.

Source:
    DOMAIN.md, 5.1 to 5.3 (layouts), 6.4 (the three papers).
"""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Sequence

from lantoa.awards import law, queries
from lantoa.awards.models import Award, Decision, DossierPaper, Kind, Nomination
from lantoa.lib import numbers
from lantoa.lib.dates import day_of, show_day, show_long
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Unit
from lantoa.reports import issuing, layout
from lantoa.reports.issuing import Issuer, NoIssuerError
from lantoa.reports.paper import (
    STATE,
    Completeness,
    Head,
    Listing,
    Paper,
    Paragraph,
    Run,
    Signature,
)

COLLECTIVE_HEADS, COLLECTIVE_SHARES = ("TT", "Tên tập thể", "Thành tích"), (1, 6, 8)
INDIVIDUAL_HEADS = ("TT", "Họ và tên", "Chức vụ, đơn vị", "Thành tích")
INDIVIDUAL_SHARES = (1, 4, 5, 6)


def decision_paper(decision: Decision, awards: Sequence[Award], *, notice: str = "") -> Paper:
    """A decision with its list. Awards revoked since stay on it: it said what it said."""
    row, unit = issuer_of(decision.unit, decision.date), decision.unit
    form = decision.get_form_display()
    head = issuing.head_for(
        unit,
        row,
        date=decision.date,
        kind="Quyết định",
        symbol="QĐ",
        abstract=f"về việc tặng {form}",
        number=decision.number,
    )
    number = _number(head)
    under = f"(Kèm theo Quyết định {number[:1].lower() + number[1:]} {show_long(decision.date)})"
    return _paper(
        head,
        row,
        title=f"Quyết định về việc tặng {form}",
        blocks=_articles(decision, awards, row),
        lists=_lists([each.nomination for each in awards], under, decision.date),
        signature=_signature(row, decision.signer_post, decision.signer_name),
        recipients=("Như Điều 3" if row.family == STATE else "Như Điều 2", *row.recipients[:2]),
        notice=notice,
    )


def dossier_paper(
    paper: DossierPaper, nominations: Sequence[Nomination], *, notice: str = ""
) -> Paper:
    """One of the three papers of a dossier, as it read on its day."""
    row = issuer_of(paper.unit, paper.date)
    to = orgs.name_near(nominations[0].decider_id, paper.date)
    kind, symbol, abstract, blocks = _WRITE[DossierPaper.Kind(paper.kind)](paper, nominations)
    head = issuing.head_for(
        paper.unit, row, date=paper.date, kind=kind, symbol=symbol, abstract=abstract, number=0
    )
    is_submission = paper.kind == DossierPaper.Kind.SUBMISSION
    if is_submission:
        head = dataclasses.replace(head, addressee=f"Kính gửi: {to}")
    under = f"(Kèm theo Tờ trình {show_long(paper.date)})"
    return _paper(
        head,
        row,
        title=f"{kind} {abstract}",
        blocks=blocks,
        lists=_lists(nominations, under, paper.date) if is_submission else (),
        # Minutes are the council's: its chair signs them.
        signature=_signature(row, row.position, "")
        if paper.kind != DossierPaper.Kind.MINUTES
        else Signature("collective", "HỘI ĐỒNG", "CHỦ TỊCH", ""),
        recipients=("Như trên" if is_submission else to, "Hội đồng thi đua – khen thưởng"),
        notice=notice,
    )


def number_of(decision: Decision, name: str = "") -> str:
    """`12-QĐ/ĐU` for the Party, `12/QĐ-UBND` for the State: as the decision prints it.

    Args:
        name: of the issuer on its day, where it is at hand already; no question is asked then.
    """
    if decision.authority:
        return decision.symbol
    row = issuer_of(decision.unit, decision.date)
    head = Head(
        family=row.family,
        parent="",
        issuer=(),
        suffix=issuing.suffix_for(row, name or orgs.name_near(decision.unit_id, decision.date)),
        place="",
        date=decision.date,
        kind="",
        symbol="QĐ",
        abstract="",
        number=decision.number,
    )
    return _number(head).partition(" ")[2]


def issuer_of(unit: Unit, date: dt.date) -> Issuer:
    """The rules for a unit; a unit of a kind without any writes in the State's layout, its suffix left blank."""
    try:
        return issuing.issuer_for(unit, date)
    except NoIssuerError:
        return Issuer(
            kind=unit.kind,
            family=STATE,
            issuer=["{name}"],
            suffix="",
            whole="",
            body="",
            position="Thủ trưởng đơn vị",
            authority="head",
            recipients=[],
            archive="VT",
            parent="{above}",
        )


def _number(head: Head) -> str:
    return layout.show_number(head, layout.layout_for(family=head.family, date=head.date))


def _paper(
    head: Head,
    row: Issuer,
    *,
    title: str,
    blocks: Sequence[Paragraph],
    lists: Sequence[Listing],
    signature: Signature,
    recipients: tuple[str, ...],
    notice: str,
) -> Paper:
    return Paper(
        title=title,
        head=head,
        period="",
        period_name="",
        blocks=tuple(blocks),
        tables=(),
        sources=(),
        signature=signature,
        recipients=recipients,
        archive=row.archive,
        completeness=Completeness(0, 0),
        structure="",
        notice=notice,
        lists=tuple(lists),
        has_annex=False,
    )


def _signature(row: Issuer, post: str, name: str) -> Signature:
    """A committee signs as a collective; the head of a State office for himself."""
    if row.family == STATE:
        return Signature("head", "", post.upper(), name)
    return Signature("collective", row.body.upper(), post.upper(), name)


def _articles(decision: Decision, awards: Sequence[Award], row: Issuer) -> list[Paragraph]:
    form, name = decision.get_form_display(), orgs.name_near(decision.unit_id, decision.date)
    bases = [law.bases()[code].title for code in decision.bases]
    is_state = row.family == STATE
    bases += ["đề nghị của Hội đồng thi đua – khen thưởng"]
    said = [f"{'Xét' if place == len(bases) - 1 else 'Căn cứ'} {each}" for place, each in enumerate(bases)]  # fmt: skip
    who = f"Chủ tịch Ủy ban nhân dân {name[:1].lower() + name[1:]}" if is_state else f"{row.body} {name}"  # fmt: skip
    first = (
        f"Tặng {form} cho {_heads(awards)} đã có {decision.achievement[:1].lower()}"
        f"{decision.achievement[1:]} (có danh sách kèm theo)."
    )
    last = (
        "Văn phòng, các cơ quan, đơn vị liên quan và các tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm "
        "thi hành Quyết định này. Quyết định này có hiệu lực kể từ ngày ký."
    )
    money = ["Mức thưởng kèm theo thực hiện theo quy định hiện hành."] if is_state else []
    articles = [first, *money, last]
    return [
        *([Paragraph("resolve", (Run(who.upper()),))] if is_state else []),
        *_basis_lines(said, is_state=is_state),
        Paragraph("resolve", (Run("QUYẾT ĐỊNH:" if is_state else f"{row.body.upper()} QUYẾT ĐỊNH"),)),
        *(
            Paragraph("body", (Run(f"Điều {n}. ", "bold"), Run(each)))
            for n, each in enumerate(articles, start=1)
        ),
    ]  # fmt: skip


def _basis_lines(said: Sequence[str], *, is_state: bool) -> list[Paragraph]:
    """In italics and parted by semicolons for the State; as items for the Party."""
    ends = [";" if is_state else ","] * (len(said) - 1) + ["." if is_state else ","]
    lines = [each + end for each, end in zip(said, ends, strict=True)]
    if is_state:
        return [Paragraph("body", (Run(each, "italic"),)) for each in lines]
    return [Paragraph("item", (Run(each),)) for each in lines]


def _heads(awards: Sequence[Award]) -> str:
    collectives = sum(each.nomination.kind == Kind.COLLECTIVE for each in awards)
    counted = ((collectives, "tập thể"), (len(awards) - collectives, "cá nhân"))
    return " và ".join(f"{numbers.show(count)} {word}" for count, word in counted if count)


def _lists(nominations: Sequence[Nomination], under: str, day: dt.date) -> list[Listing]:
    names = orgs.names_on(day, [each.recipient_id for each in nominations])
    collectives = [each for each in nominations if each.kind == Kind.COLLECTIVE]
    individuals = [each for each in nominations if each.kind == Kind.INDIVIDUAL]
    where = _told_apart({pk: row.name for pk, row in names.items()}, nominations)
    lists = []
    if collectives:
        rows = tuple(
            (str(n), where.get(each.recipient_id, each.called), each.achievement)
            for n, each in enumerate(collectives, start=1)
        )
        title = "Danh sách tập thể"
        lists.append(Listing(title, under, COLLECTIVE_HEADS, COLLECTIVE_SHARES, rows))
    if individuals:
        rows4 = tuple(
            (str(n), each.name, _post(each, where.get(each.recipient_id, "")), each.achievement)
            for n, each in enumerate(individuals, start=1)
        )
        title = "Danh sách cá nhân"
        lists.append(Listing(title, under, INDIVIDUAL_HEADS, INDIVIDUAL_SHARES, rows4))
    return lists


def _told_apart(where: dict[int, str], nominations: Sequence[Nomination]) -> dict[int, str]:
    """Units that are called alike on one list, each with the unit right above it."""
    times = Counter(where.values())
    alike = [each for each in nominations if times[where.get(each.recipient_id, "")] > 1]
    places = queries.places_of(alike)
    return where | {pk: f"{where[pk]}, {place}" for pk, place in places.items()}


def _post(nomination: Nomination, unit: str) -> str:
    return ", ".join(word for word in (nomination.post, unit) if word)


Written = tuple[str, str, str, list[Paragraph]]


def _submission(paper: DossierPaper, nominations: Sequence[Nomination]) -> Written:
    form = nominations[0].get_form_display()
    to = orgs.name_near(nominations[0].decider_id, paper.date)
    collectives = sum(each.kind == Kind.COLLECTIVE for each in nominations)
    counted = ((collectives, "tập thể"), (len(nominations) - collectives, "cá nhân"))
    heads = " và ".join(f"{numbers.show(count)} {word}" for count, word in counted if count)
    name = orgs.name_near(paper.unit_id, paper.date)
    # Where a unit decides itself, its council proposes to it.
    own = nominations[0].decider_id == paper.unit_id
    by = f"Hội đồng thi đua – khen thưởng {name}" if own else name
    body = (
        f"Căn cứ kết quả học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh và kết quả họp xét, {by} "
        f"đề nghị {to} xem xét, tặng {form} cho {heads} (có danh sách, báo cáo thành tích và biên bản kèm theo)."
    )
    return "Tờ trình", "TTr", f"về việc đề nghị tặng {form}", [Paragraph("body", (Run(body),))]


def _report(paper: DossierPaper, nominations: Sequence[Nomination]) -> Written:
    [each] = nominations
    unit = orgs.name_near(each.recipient_id, paper.date)
    who = unit if each.kind == Kind.COLLECTIVE else f"{each.name}, {_post(each, unit)}"
    records = [
        Paragraph("item", (Run(f"Ngày {show_day(dt.date.fromisoformat(row['date']))}: {_told(row)}."),))
        for row in paper.said["records"]
    ]  # fmt: skip
    confirmed = "Chưa có xác nhận của cấp trình."
    if paper.confirmed_at and paper.confirmed_by:
        confirmed = f"Cấp trình đã xác nhận ngày {show_day(day_of(paper.confirmed_at))}."
    form = each.get_form_display()
    return (
        "Báo cáo thành tích",
        "BC",
        f"đề nghị tặng {form}",
        [
            Paragraph("heading", (Run("1. Đề nghị khen"),)),
            Paragraph("body", (Run(f"{who}."),)),
            Paragraph("heading", (Run("2. Thành tích"),)),
            Paragraph("body", (Run(f"{each.achievement}. Các việc đã ghi trong hệ thống:"),)),
            *records,
            Paragraph("heading", (Run("3. Xác nhận"),)),
            Paragraph("body", (Run(confirmed),)),
        ],
    )


def _told(row: dict[str, str]) -> str:
    return f"{row['what']}, {row['title']}" if row["title"] else row["what"]


def _minutes(paper: DossierPaper, nominations: Sequence[Nomination]) -> Written:
    said, form = paper.said, nominations[0].get_form_display()
    name = orgs.name_near(paper.unit_id, paper.date)
    lines = [
        f"Ngày {show_day(paper.date)}, Hội đồng thi đua – khen thưởng {name} họp xét đề nghị tặng {form}.",
        f"Có mặt {said['present']}/{said['members']} thành viên.",
        f"Số thành viên đồng ý đề nghị: {said['in_favour']}/{said['members']}.",
        f"Danh sách đề nghị: {'; '.join(said['names'])}.",
    ]
    blocks = [Paragraph("body", (Run(each),)) for each in lines]
    return "Biên bản", "BB", "họp xét đề nghị khen thưởng", blocks


_WRITE = {
    DossierPaper.Kind.SUBMISSION: _submission,
    DossierPaper.Kind.REPORT: _report,
    DossierPaper.Kind.MINUTES: _minutes,
}
