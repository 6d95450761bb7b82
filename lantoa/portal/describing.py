"""What machines read of an article: schema.org as JSON-LD, and Open Graph, with moments that carry their zone."""

import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from lantoa.articles.models import ArticlePage, SectionPage
from lantoa.articles.rating import Score
from lantoa.lib import dates
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
    said = {"@context": "https://schema.org", "@graph": [told, _crumbs(request, article, where)]}
    # Nothing in it can end the element it stands in.
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
