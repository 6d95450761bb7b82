"""What machines read of an article and of an answer: schema.org as JSON-LD, and Open Graph, with moments that carry their zone."""

import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.safestring import SafeString, mark_safe

from lantoa.articles.models import ArticlePage, SectionPage
from lantoa.articles.rating import Score
from lantoa.enquiries.models import PublicAnswer
from lantoa.lib import dates, text
from lantoa.portal import telling

_ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def zoned(moment: dt.datetime | None) -> str:
    """`2024-01-18T09:36:00+07:00`; "" for none."""
    return moment.astimezone(dates.VIETNAM).isoformat(timespec="seconds") if moment else ""


def graph(
    request: HttpRequest,
    article: ArticlePage,
    *,
    where: SectionPage | None,
    photo: telling.Photo | None,
    score: Score,
) -> SafeString:
    """NewsArticle and BreadcrumbList, to be put into a script element that nobody runs."""
    link = request.build_absolute_uri
    told: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.lead,
        "inLanguage": "vi",
        "url": link(article.address()),
        "mainEntityOfPage": link(article.address()),
        "datePublished": zoned(article.dated),
        "dateModified": zoned(article.updated or article.dated),
        "publisher": {"@type": "GovernmentOrganization", "name": settings.SITE_TITLE},
        "author": {"@type": "Person" if article.author else "Organization", "name": article.author or settings.SITE_TITLE},
        "isAccessibleForFree": True,
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }  # fmt: skip
    if where:
        told["articleSection"] = where.title
    if photo:
        told["image"] = [link(photo.src)]
    if score.is_shown and score.votes:
        told["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": round(score.points / score.votes, 1),
            "ratingCount": score.votes,
            "bestRating": 5,
            "worstRating": 1,
        }
    return _written({"@graph": [told, _crumbs(request, article, where)]})


def question(request: HttpRequest, answer: PublicAnswer, unit: str) -> SafeString:
    """QAPage: what was asked, and what the unit answered."""
    here = address_of(request, answer)
    said = {
        "@type": "Answer",
        "text": answer.answer,
        "url": here,
        "dateCreated": zoned(answer.published_at),
        "author": {"@type": "GovernmentOrganization", "name": unit or settings.SITE_TITLE},
    }
    asked = {
        "@type": "Question",
        "name": text.one_line(answer.question),
        "text": answer.question,
        "inLanguage": "vi",
        "answerCount": 1,
        "upvoteCount": answer.asked,
        "acceptedAnswer": said,
    }
    return _written({"@type": "QAPage", "url": here, "mainEntity": asked})


def address_of(request: HttpRequest, answer: PublicAnswer) -> str:
    """It was written in one language, so it has one address in both."""
    here: str = translate_url(reverse("portal:answer", args=[answer.pk]), "vi")
    return request.build_absolute_uri(here)


def _written(told: dict[str, Any]) -> SafeString:
    """As JSON-LD. Nothing in it can end the element it stands in."""
    said = {"@context": "https://schema.org", **told}
    return mark_safe(json.dumps(said, ensure_ascii=False).translate(_ESCAPED))  # noqa: S308


def _crumbs(
    request: HttpRequest, article: ArticlePage, where: SectionPage | None
) -> dict[str, Any]:
    way = [("Trang chủ", "/"), ("Tin tức", "/tin-tuc/")]
    if where and where.address() != "/tin-tuc/":
        way.append((where.title, where.address()))
    way.append((article.title, article.address()))
    items = [
        {
            "@type": "ListItem",
            "position": at,
            "name": name,
            "item": request.build_absolute_uri(path),
        }
        for at, (name, path) in enumerate(way, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def open_graph(
    request: HttpRequest,
    article: ArticlePage,
    *,
    where: SectionPage | None,
    photo: telling.Photo | None,
) -> list[tuple[str, str]]:
    said = [
        ("og:type", "article"),
        ("og:locale", "vi_VN"),
        ("og:site_name", settings.SITE_TITLE),
        ("og:title", article.title),
        ("og:description", article.lead),
        ("og:url", request.build_absolute_uri(article.address())),
        ("article:published_time", zoned(article.dated)),
        ("article:modified_time", zoned(article.updated or article.dated)),
        ("article:section", where.title if where else ""),
        ("og:image", request.build_absolute_uri(photo.src) if photo else ""),
        ("og:image:alt", photo.alt if photo else ""),
    ]
    return [(name, value) for name, value in said if value]
