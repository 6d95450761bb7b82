"""Đề nghị khen: four short steps, made of what is recorded already. Nothing is kept until the last; nothing is typed twice."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantoa.awards import actions, dossiers, law, queries, sittings, sources
from lantoa.awards.actions import Draft
from lantoa.awards.models import Kind, Nomination
from lantoa.desk import awarding, here
from lantoa.desk.doors import door, lang, page, sentence
from lantoa.desk.forms import awards as forms
from lantoa.desk.forms.awards import NominateForm
from lantoa.desk.http import DeskRequest
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Unit

# Which step asks for a box that the action found wrong.
ASKED_IN = {"ai": 1, "don-vi": 1, "ho-so": 2, "ho-ten": 2, "truc-tiep": 2, "cap": 3, "hinh-thuc": 3}


@require_http_methods(["GET", "HEAD", "POST"])
@door("awards.nominate")
def nominate(request: DeskRequest) -> HttpResponse:
    return _step(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@door("awards.nominate")
def correct(request: DeskRequest, pk: int) -> HttpResponse:
    """The same steps over a dossier that has not gone upward, or came back."""
    nomination = queries.nomination_for(request.person, pk, clock.now())
    if nomination is None:
        raise Http404
    rights.require(request.person, "awards.nominate", nomination.unit, clock.now())
    return _step(request, nomination)


def _step(request: DeskRequest, nomination: Nomination | None) -> HttpResponse:
    """Show a step, go on to the next, or save after the last."""
    unit = nomination.unit if nomination else here.here(request, day_of(clock.now())).unit
    if request.method != "POST":
        return _asking(request, unit, _begun(request, nomination))
    form = forms.read(request.POST)
    if "tim" in request.POST or request.POST.get("viec") == "lui":
        form.step -= request.POST.get("viec") == "lui"
        return _asking(request, unit, form)
    form.errors = forms.missing(form)
    if form.errors:
        return _asking(request, unit, form)
    if form.step < forms.STEPS:
        form.step += 1
        return _asking(request, unit, form)
    return _saved(request, unit, form, nomination)


def _begun(request: DeskRequest, nomination: Nomination | None) -> NominateForm:
    """A form to begin with: as the dossier stands, or whom a suggestion named."""
    if nomination is not None:
        return forms.of(nomination)
    form = forms.read(request.GET)
    form.step = 2 if form.recipient and form.kind else 1
    return form


def _saved(
    request: DeskRequest, unit: Unit, form: NominateForm, nomination: Nomination | None
) -> HttpResponse:
    try:
        draft, by, at = _draft(request, unit, form), request.person, clock.now()
        if nomination is None:
            made = actions.nominate(draft=draft, by=by, at=at)
        else:
            made = actions.correct(nomination=nomination, seen=form.seen, draft=draft, by=by, at=at)
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        where = error.where if isinstance(error, RefusedError) else "dong-y"
        form.step = ASKED_IN.get(where, forms.STEPS)
        form.errors = {where: sentence(error)}
        return _asking(request, unit, form)
    messages.success(request, _("Đã lập đề nghị. Còn ba giấy tờ rồi gửi."))
    return redirect("desk:award", pk=made.pk)


def _draft(request: DeskRequest, unit: Unit, form: NominateForm) -> Draft:
    at = clock.now()
    deciders = {each.pk: each for each in dossiers.deciders(unit, day_of(at))}
    recipient = sittings.unit_for(request.person, form.recipient, at)
    if form.decider not in deciders or recipient is None:
        raise RefusedError(
            where="cap" if recipient else "don-vi",
            vi="Chọn lại đơn vị và cấp quyết định.",
            en="Choose the unit and the level that decides again.",
        )
    running = {each.pk: each for each in queries.movements_on(unit, day_of(at))}
    return forms.draft(
        form,
        unit=unit,
        decider=deciders[form.decider],
        recipient=recipient,
        movement=running.get(form.movement),
    )


def _asking(request: DeskRequest, unit: Unit, form: NominateForm) -> HttpResponse:
    today = day_of(clock.now())
    asked = {1: _whom, 2: _for_what, 3: _by_whom, 4: _checked}[form.step]
    context = {
        "form": form,
        "steps": forms.STEPS,
        "kinds": [(each.value, str(each.label).capitalize()) for each in Kind],
        "is_one": form.kind == Kind.INDIVIDUAL,
        "recipient": orgs.name_near(form.recipient, today) if form.recipient else "",
        "mistakes": form.mistakes,
        **asked(request, unit, form),
    }
    return page(request, "desk/awards/nominate.html", context, status=400 if form.errors else 200)


def _whom(request: DeskRequest, unit: Unit, form: NominateForm) -> dict[str, Any]:
    words = request.POST.get("tim", "")[:100]
    units = queries.recipients_of(unit, words, day_of(clock.now()))
    return {"words": words, "units": units}


def _for_what(request: DeskRequest, unit: Unit, form: NominateForm) -> dict[str, Any]:
    recipient = sittings.unit_for(request.person, form.recipient, clock.now())
    today = day_of(clock.now())
    offered = sources.offered(recipient, until=today) if recipient else []
    if recipient and not offered and recipient.pk != unit.pk:
        offered = sources.offered(unit, until=today)
    chosen = {f"{kind}-{number}" for kind, number in form.merits}
    return {"records": awarding.told(offered), "chosen": chosen}


def _by_whom(request: DeskRequest, unit: Unit, form: NominateForm) -> dict[str, Any]:
    today = day_of(clock.now())
    found = dossiers.deciders(unit, today)
    names = orgs.names_on(today, [each.pk for each in found])
    form.decider = form.decider or (found[0].pk if found else 0)
    levels = {level for each in found if (level := law.level_of(each))}
    offered = [form_ for level in levels for form_ in law.forms_at(level, today)]
    asked = {
        each.code: each.en if lang() == "en" else each.vi
        for one in dict.fromkeys(offered)
        for each in law.form_rule(one, today).conditions_for(form.kind)
    }
    return {
        "deciders": [(each.pk, names[each.pk].name) for each in found if each.pk in names],
        "awards_forms": [(each.value, each.label) for each in dict.fromkeys(offered)],
        "conditions": list(asked.items()),
        "movements": [(each.pk, each.name) for each in queries.movements_on(unit, today)],
    }


def _checked(request: DeskRequest, unit: Unit, form: NominateForm) -> dict[str, Any]:
    today = day_of(clock.now())
    running = {each.pk: each.name for each in queries.movements_on(unit, today)}
    if not form.achievement:
        said = _("Thành tích xuất sắc trong học tập và làm theo Bác năm %(year)s")
        form.achievement = said % {"year": today.year}
        if form.movement in running:
            form.achievement = _("Thành tích xuất sắc trong phong trào “%(name)s” năm %(year)s") % {
                "name": running[form.movement],
                "year": today.year,
            }
    return {
        "decider": orgs.name_near(form.decider, today),
        "movement": running.get(form.movement, ""),
        "records": awarding.told(sources.shown(form.merits).values()),
        "suggested_href": reverse("desk:awards-suggested"),
    }
