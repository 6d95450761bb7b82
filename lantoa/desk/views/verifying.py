"""Đối chiếu hồ sơ: a sample drawn by a seed, what was found beside what was reported, and how far a figure held."""

import datetime as dt
import uuid as uuids
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantoa.desk import csvs, here, inspecting, telling
from lantoa.desk.doors import door, page, sentence
from lantoa.desk.forms import boxes
from lantoa.desk.forms.boxes import Box, Boxes
from lantoa.desk.forms.inspections import whole
from lantoa.desk.here import Here
from lantoa.desk.http import DeskRequest
from lantoa.desk.serving import named
from lantoa.desk.views.evidence import as_it_lies, sent_with
from lantoa.inspections import queries, verified, verifying
from lantoa.inspections.models import SampledFile, SampledRecord, Verification
from lantoa.inspections.verifying import Drawing
from lantoa.lib import numbers
from lantoa.lib.dates import day_of, show_day
from lantoa.lib.errors import LantoaError
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Unit
from lantoa.work import queries as work
from lantoa.work.evidence import Sent

A_PAGE, RECORDS, SAMPLE, MOST_DROPPED = 30, 20, "20", 120
A_DAY = dt.timedelta(days=1)
BOX_OF = {"seed": "hat-giong", "size": "so-ho-so", "end": "den"}


class Row(NamedTuple):
    """A verification in a list. `looked` of `size` records have been looked at."""

    verification: Verification
    unit: str
    span: str


class Drawn(NamedTuple):
    """A record of the sample with what it said, and what was found."""

    record: SampledRecord
    kind: str
    unit: str
    note: str
    values: list[tuple[int, str, str, int, str, str]]
    photos: list[str]
    files: list[SampledFile]
    wrong: str


@require_safe
@door("inspections.read")
def verifications(request: DeskRequest) -> HttpResponse:
    """Those that one may see: while they run for inspectors, finished for all who read the unit."""
    now, today = clock.now(), day_of(clock.now())
    found = verified.visible_to(request.person, now)
    unit = request.GET.get("don-vi", "")[:100].strip()
    if unit:
        found = found.filter(unit__in=[row.unit_id for row in orgs.find(unit, most=500)])
    part = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    rows = _rows(list(part), today)
    if request.GET.get("tai") == "csv":
        return _exported(_rows(list(found), today))
    context = {
        "part": part,
        "rows": rows,
        "unit_words": unit,
        "may_draw": _may(request, here.here(request, today).unit.pk),
    }
    return page(request, "desk/inspections/verifications.html", context)


def _rows(found: Sequence[Verification], today: dt.date) -> list[Row]:
    names = named({each.unit_id for each in found}, today)
    return [
        Row(each, names[each.unit_id], inspecting.span(each.start_date, each.end_date - A_DAY))
        for each in found
    ]


def _exported(rows: Sequence[Row]) -> HttpResponse:
    head = [_("Đơn vị"), _("Kỳ"), _("Hạt giống"), _("Số hồ sơ"), _("Hồ sơ rút"), _("Đã đối chiếu"), _("Xong ngày")]  # fmt: skip
    told = [
        (
            each.unit, each.span, each.verification.seed, each.verification.records,
            getattr(each.verification, "size", 0), getattr(each.verification, "looked", 0),
            show_day(day_of(each.verification.finished_at)) if each.verification.finished_at else "",
        )
        for each in rows
    ]  # fmt: skip
    return csvs.csv_file("doi-chieu.csv", head, told)


@require_http_methods(["GET", "HEAD", "POST"])
@door("inspections.inspect")
def draw(request: DeskRequest) -> HttpResponse:
    """Draw records of a unit and a period. Whoever has the seed draws the same ones again."""
    now = clock.now()
    place = here.here(request, day_of(now))
    typed = dict(request.POST.lists()) if request.method == "POST" else _first(now)
    units = _units(place, day_of(now))
    form = _form(units, typed)
    if request.method == "POST":
        made = _drawn(request, form, place, units)
        if made is not None:
            messages.success(request, _("Đã rút mẫu. Ghi số thấy được của từng hồ sơ."))
            return redirect("desk:verification", pk=made.pk)
    context = {
        "form": form,
        "heading": _("Rút hồ sơ để đối chiếu"),
        "note": _("Ai có hạt giống cũng rút lại được đúng những hồ sơ này. Đối chiếu không sửa con số nào."),
        "action": _("Rút mẫu"),
        "back": reverse("desk:verifications"),
        "back_name": _("Đối chiếu"),
    }  # fmt: skip
    return page(request, "desk/boxes.html", context, status=400 if form.wrong else 200)


def _first(now: dt.datetime) -> dict[str, list[str]]:
    """The year so far, twenty records, and a seed that nobody chose."""
    today = day_of(now)
    seed = uuids.uuid4().hex[:8]
    first = today.replace(month=1, day=1)
    return {"tu": [show_day(first)], "den": [show_day(today)], "so-ho-so": [SAMPLE], "hat-giong": [seed]}  # fmt: skip


def _units(place: Here, today: dt.date) -> dict[str, tuple[Unit, str]]:
    """My unit with all below it, or one right below."""
    rows = queries.candidates(place.unit, place.line, today)
    units = orgs.units_numbered([row.unit_id for row in rows])
    own = {str(place.unit.pk): (place.unit, place.name)}
    return own | {str(row.unit_id): (units[row.unit_id], row.name) for row in rows}


def _form(units: dict[str, tuple[Unit, str]], typed: dict[str, list[str]]) -> Boxes:
    kinds = [(each.code, telling.kind_name(each)) for each in work.open_kinds()]
    return boxes.of(
        [
            Box("don-vi", _("Đơn vị, kể cả cấp dưới"), "choice", [(key, name) for key, (_u, name) in units.items()]),
            Box("tu", _("Từ ngày"), "day", most=40),
            Box("den", _("Đến hết ngày"), "day", most=40),
            Box("hinh-thuc", _("Hình thức hoạt động"), "choice", kinds, is_needed=False),
            Box("so-ho-so", _("Số hồ sơ rút"), hint=_("Nhiều nhất 200, không quá số hồ sơ có trong phạm vi."), most=10),
            Box("hat-giong", _("Hạt giống"), hint=_("Chữ và số bất kỳ. Máy đã gợi ý một hạt giống."), most=40),
        ],
        typed,
    )  # fmt: skip


def _drawn(
    request: DeskRequest, form: Boxes, place: Here, units: dict[str, tuple[Unit, str]]
) -> Verification | None:
    """What was drawn; None, and the form says why, where it was refused."""
    unit, code = form.choice("don-vi"), form.choice("hinh-thuc")
    start, end = form.day("tu"), form.day("den")
    if form.wrong or start is None or end is None:
        return None
    kind = work.open_kinds().filter(code=code).first() if code else None
    drawing = Drawing(units[unit][0], place.line, start, end + A_DAY, kind)
    try:
        size = numbers.read(form.text("so-ho-so"))
    except LantoaError as error:
        form.wrong["so-ho-so"] = sentence(error)
        return None
    seed, by = form.text("hat-giong"), request.person
    try:
        return verifying.draw(drawing=drawing, seed=seed, size=size, by=by, at=clock.now())
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        form.refuse(error, BOX_OF, "so-ho-so")
        return None


@require_safe
@door("inspections.read")
def verification(request: DeskRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    if request.GET.get("tai") == "csv":
        return _sample_file(found)
    return _one(request, found, {})


def _one(request: DeskRequest, found: Verification, wrong: dict[str, str]) -> HttpResponse:
    today = day_of(clock.now())
    part = Paginator(verified.sample_of(found), RECORDS).get_page(request.GET.get("trang"))
    context: dict[str, Any] = {
        "verification": found,
        "unit_name": named({found.unit_id}, today)[found.unit_id],
        "span": inspecting.span(found.start_date, found.end_date - A_DAY),
        "kind": telling.kind_name(found.kind) if found.kind else "",
        "factors": inspecting.factors(verified.of(found)),
        "part": part,
        "records": _records(request, list(part), today, wrong),
        "may_write": found.finished_at is None and _may(request, found.unit_id),
        "mistakes": list(wrong.items()),
    }
    status = 400 if wrong else 200
    return page(request, "desk/inspections/verification.html", context, status=status)


def _records(
    request: DeskRequest, sample: Sequence[SampledRecord], today: dt.date, wrong: dict[str, str]
) -> list[Drawn]:
    names = named({each.activity.unit_id for each in sample}, today)
    photos, sent = verified.photos_of(sample), request.POST if wrong else None
    return [
        Drawn(
            each,
            telling.kind_name(each.activity.kind),
            names[each.activity.unit_id],
            sent.get(f"nguon-{each.pk}", "") if sent else each.note,
            [
                (
                    value.pk, telling.measure_name(value.measure), numbers.show(value.reported), value.reported,
                    sent.get(f"so-{value.pk}", "") if sent else _typed(value.found),
                    wrong.get(f"so-{value.pk}", ""),
                )
                for value in each.values.all()
            ],
            [reverse("desk:evidence", args=[number]) for number in photos[each.activity_id]],
            list(each.files.all()),
            wrong.get(f"tep-{each.pk}", ""),
        )
        for each in sample
    ]  # fmt: skip


def _typed(value: int | None) -> str:
    return "" if value is None else numbers.show(value)


@require_POST
@door("inspections.inspect")
def write(request: DeskRequest, pk: int) -> HttpResponse:
    """What was found, of the records of a page: an emptied box is not found yet."""
    found = _found(request, pk, is_to_write=True)
    values, notes, wrong = _sent(request)
    if not wrong:
        try:
            verifying.write(
                verification=found, found=values, notes=notes, sent=_files(request, found),
                dropped=_dropped(request), by=request.person, at=clock.now(),
            )  # fmt: skip
        except rights.NotAllowedError:
            raise
        except LantoaError as error:
            wrong = {getattr(error, "where", "") or "mau": sentence(error)}
    if wrong:
        return _one(request, found, wrong)
    messages.success(request, _("Đã lưu số thấy được."))
    return redirect(f"{reverse('desk:verification', args=[pk])}?trang={whole(request.GET.get('trang', '')) or 1}")  # fmt: skip


def _sent(request: DeskRequest) -> tuple[dict[int, int | None], dict[int, str], dict[str, str]]:
    values: dict[int, int | None] = {}
    notes: dict[int, str] = {}
    wrong: dict[str, str] = {}
    for name, typed in request.POST.items():
        box, _dash, number = name.rpartition("-")
        if box == "nguon":
            notes[whole(number)] = str(typed)[:301]
        elif box == "so":
            try:
                values[whole(number)] = numbers.read(str(typed)) if str(typed).strip() else None
            except LantoaError as error:
                wrong[name] = sentence(error)
    return values, notes, wrong


def _files(request: DeskRequest, found: Verification) -> dict[int, list[Sent]]:
    """What was sent along, by sampled record; each file under a number of its own, so that twice is once."""
    sent: dict[int, list[Sent]] = {}
    for name in request.FILES:
        box, _dash, number = name.rpartition("-")
        if box == "tep":
            space = uuids.uuid5(uuids.NAMESPACE_OID, f"{found.pk}/{number}")
            sent[whole(number)] = sent_with(request.FILES.getlist(name), space)
    return sent


def _dropped(request: DeskRequest) -> list[uuids.UUID]:
    known = []
    for typed in request.POST.getlist("bo")[:MOST_DROPPED]:
        with suppress(ValueError):
            known.append(uuids.UUID(typed))
    return known


@require_safe
@door("inspections.read")
def file(request: DeskRequest, number: uuids.UUID) -> HttpResponse:
    """A photo or a paper of a verifier."""
    found = verified.file_for(request.person, number, clock.now())
    if found is None:
        raise Http404
    return as_it_lies(found.file, found.uuid, is_photo=found.is_photo)


@require_POST
@door("inspections.inspect")
def finish(request: DeskRequest, pk: int) -> HttpResponse:
    """From now on it stands behind the doors of figures, and changes no more."""
    found = _found(request, pk, is_to_write=True)
    try:
        verifying.finish(verification=found, by=request.person, at=clock.now())
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        return _one(request, _found(request, pk), {"mau": sentence(error)})
    messages.success(request, _("Đã xong. Hệ số đối chiếu hiện sau con số được đối chiếu."))
    return redirect("desk:verification", pk=pk)


def _sample_file(found: Verification) -> HttpResponse:
    """The sample with its numbers: whoever draws again compares them."""
    head = [_("Thứ tự"), "UUID", _("Ngày"), _("Chỉ tiêu"), _("Đã báo cáo"), _("Thấy được")]
    rows = [
        (
            each.place, str(each.activity.uuid), show_day(each.activity.date),
            telling.measure_name(value.measure), value.reported, value.found,
        )
        for each in verified.sample_of(found)
        for value in each.values.all()
    ]  # fmt: skip
    return csvs.csv_file(f"mau-{found.pk}.csv", head, rows)


def _found(request: DeskRequest, pk: int, *, is_to_write: bool = False) -> Verification:
    """One that may not be seen, or not be written to, answers like one that is not there."""
    found = verified.verification_for(request.person, pk, clock.now())
    if found is None or (is_to_write and not _may(request, found.unit_id)):
        raise Http404
    return found


def _may(request: DeskRequest, unit: int) -> bool:
    return rights.units_among(request.person, "inspections.inspect", [unit], clock.now()).exists()
