"""How a figure is cited and offered: where the ledger stood, the newest hash, what a machine may know of the data set."""

import json
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lantoa.lib import dates, numbers
from lantoa.portal import asking, sample
from lantoa.portal.asking import Question
from lantoa.portal.doors import lang
from lantoa.portal.reading import Scene
from lantoa.warehouse import segments

LICENCE, LICENCE_URL = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"
# What each file is: its route, its name on the button, its type.
FILES = (
    ("figure-csv", "CSV", "text/csv"),
    ("figure-json", "JSON", "application/json"),
    ("figure-parquet", "Parquet", "application/vnd.apache.parquet"),
)


def citation(request: HttpRequest, scene: Scene, question: Question, text: str, moment: Any) -> str:
    """One line that anybody can print; its address reads the ledger as it stood, so that the number stays the same."""
    said = {
        "site": sample.site_title(),
        "name": asking.measure_name(question.measure),
        "place": scene.named(scene.unit),
        "period": question.period.name(lang()),
        "text": text,
        "unit": asking.measure_unit(question.measure),
        "moment": dates.show_moment(moment, lang()),
        "position": numbers.show(scene.table.position, lang()),
        "address": request.build_absolute_uri(question.address(vi_tri=scene.table.position)),
    }
    cited = _("%(site)s. “%(name)s, %(place)s, %(period)s”: %(text)s %(unit)s, đọc lúc %(moment)s ở vị trí sổ cái %(position)s. %(address)s")  # fmt: skip
    return cited % said


def seal() -> dict[str, Any]:
    """The newest hash of the sealed chain, and up to which position it holds; nothing in a house that has not sealed."""
    newest = segments.newest()
    return {"chain": newest.chain, "sealed": newest.last_entry} if newest else {}


def dataset(request: HttpRequest, scene: Scene, question: Question, cited: str) -> SafeString:
    """The figure's data as schema.org's Dataset, for the machines that look for data; it holds what the page says."""
    measure, period = question.measure, question.period
    name = f"{asking.measure_name(measure)}, {scene.named(scene.unit)}, {period.name(lang())}"
    told = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": name,
        "description": " ".join(
            each for each in (f"{name}.", asking.definition(measure), sample.notice()) if each
        ),
        "url": request.build_absolute_uri(question.address()),
        "identifier": request.build_absolute_uri(question.address(vi_tri=scene.table.position)),
        "version": str(scene.table.position),
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "inLanguage": lang(),
        "citation": cited,
        "temporalCoverage": f"{period.start.isoformat()}/{period.last_day.isoformat()}",
        "spatialCoverage": {"@type": "Place", "name": scene.named(scene.unit)},
        "creator": {
            "@type": "Organization",
            "name": sample.site_title(),
            "url": request.build_absolute_uri(reverse("portal:home")),
        },
        "variableMeasured": {
            "@type": "PropertyValue",
            "name": asking.measure_name(measure),
            "unitText": asking.measure_unit(measure),
        },
        "distribution": _downloads(request, question),
    }
    # A data block, which a browser does not run; no sign in it can end it early.
    written = json.dumps(told, ensure_ascii=False).translate(
        {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
    )
    return mark_safe(written)  # noqa: S308


def _downloads(request: HttpRequest, question: Question) -> list[dict[str, str]]:
    return [
        {
            "@type": "DataDownload",
            "encodingFormat": kind,
            "contentUrl": request.build_absolute_uri(question.address(route)),
        }
        for route, _name, kind in FILES
    ]
