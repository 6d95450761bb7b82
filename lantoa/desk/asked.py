"""What an address of a sheet's pages asks for: which sheet, which period, of which unit, and what is known of it."""

from typing import Any, NamedTuple

from django.http import Http404

from lantoa.desk import here
from lantoa.desk.forms import sheets as forms
from lantoa.desk.http import DeskRequest
from lantoa.lib import periods
from lantoa.lib.dates import day_of
from lantoa.lib.periods import Period, PeriodError
from lantoa.look import clock
from lantoa.orgs import rights
from lantoa.orgs.models import Unit
from lantoa.submissions import filling, queries
from lantoa.submissions.models import Sheet, Submission, Version


class Asked(NamedTuple):
    """A sheet for a period, as the address names it."""

    sheet: Sheet
    span: Period


def asked_for(code: str, period: str) -> Asked:
    """A sheet or a period that does not exist answers the same."""
    found = queries.sheet_of(code)
    try:
        if found is not None:
            return Asked(found, periods.period(period, found.period_rule))
    except PeriodError:
        pass
    raise Http404


def unit_of(request: DeskRequest) -> Unit:
    return here.unit(request, day_of(clock.now()))


def unit_of_form(request: DeskRequest) -> Unit:
    """The unit that the form was opened for, though another tab has since moved elsewhere, or it was kept on a device.

    Raises:
        NotAllowedError: no unit where they stand.
    """
    said = request.POST.get(forms.UNIT, "")
    if not said:
        return unit_of(request)
    found = here.units(request, day_of(clock.now())).get(said)
    if found is None:
        raise rights.NotAllowedError(rights.ACTS["submissions.send"])
    return found


def known_of(asked: Asked, unit: Unit) -> forms.Known:
    must = queries.expected(asked.sheet, asked.span)
    measures = queries.measures_of(asked.sheet)
    boxes = filling.filled(asked.sheet, measures, asked.span, [unit.pk], must)
    found = queries.submission_of(asked.sheet, unit, asked.span)
    return forms.Known(
        asked.sheet,
        unit,
        asked.span,
        measures,
        boxes.get(unit.pk, {}),
        found,
        _newest(found),
    )


def _newest(found: Submission | None) -> list[Any]:
    newest: Version | None = queries.versions_of(found).first() if found else None
    return list(newest.values.all()) if newest else []
