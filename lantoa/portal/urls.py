"""The public site map. Vietnamese words in addresses, in both languages, so that a shared link always opens."""

from django.conf import settings
from django.urls import URLPattern, path, re_path

from lantoa.portal.views import (
    about,
    answers,
    directives,
    enquiries,
    feeds,
    figures,
    gallery,
    home,
    honours,
    maps,
    news,
    practices,
    ratings,
    records,
    reports,
    search,
    statements,
    units,
)

app_name = "portal"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("sitemap.xml", maps.index, name="map"),
    path("sitemap-<slug:section>.xml", maps.part, name="map-part"),
    path("robots.txt", maps.robots, name="robots"),
    path("tim/", search.search, name="search"),
    path("gioi-thieu/", about.about, name="about"),
    path("ho-tro-tiep-can/", statements.access, name="access"),
    path("du-lieu-ca-nhan/", statements.privacy, name="privacy"),
    path("so-do-trang/", statements.contents, name="contents"),
    # what editors wrote
    path("tin-tuc/", news.section, name="news"),
    path("tin-tuc/<slug:slug>/", news.section, name="section"),
    path("tin-tuc/nguon.<str:form>", feeds.news, name="news-feed"),
    path("tin-tuc/<slug:slug>/nguon.<str:form>", feeds.news, name="section-feed"),
    path("don-vi/<int:pk>/nguon.<str:form>", feeds.unit, name="unit-feed"),
    path("chuyen-de/<int:pk>/nguon.<str:form>", feeds.theme, name="theme-feed"),
    path("tin-tuc/<int:year>/<str:month>/<slug:slug>/", news.article, name="article"),
    path("tin-tuc/<int:year>/<str:month>/<slug:slug>/danh-gia/", ratings.rate, name="rate"),
    # addresses of the site that was here before
    re_path(r"^(?P<path>.+-\d+\.html)$", news.old, name="old-article"),
    path("news/<slug:path>/", news.old, name="old-section"),
    # figures
    path("so-lieu/", figures.measures, name="measures"),
    path("so-lieu/<slug:code>/", figures.figure, name="figure"),
    path("so-lieu/<slug:code>/tai.csv", figures.as_csv, name="figure-csv"),
    path("so-lieu/<slug:code>/tai.json", figures.as_json, name="figure-json"),
    path("so-lieu/<slug:code>/tai.parquet", figures.as_parquet, name="figure-parquet"),
    path("so-lieu/<slug:code>/ho-so/", records.records, name="records"),
    path("so-lieu/<slug:code>/ho-so/tai.csv", records.as_csv, name="records-csv"),
    # practices
    path("mo-hinh/", practices.practices, name="practices"),
    path("mo-hinh/<int:pk>/", practices.bare, name="practice-bare"),
    path("mo-hinh/<int:pk>-<slug:slug>/", practices.practice, name="practice"),
    path("mo-hinh/<int:pk>-<slug:slug>/lan-toa/", practices.spread, name="practice-spread"),
    path(
        "mo-hinh/<int:pk>-<slug:slug>/noi-lam-theo/", practices.followers, name="practice-followers"
    ),
    # citizens' questions
    path("hoi-dap/", answers.questions, name="questions"),
    path("hoi-dap/<int:pk>/", answers.answer, name="answer"),
    path("hoi-dap/<int:pk>/cung-hoi/", answers.ask_too, name="ask-too"),
    path("hoi-dap/gui/", enquiries.ask, name="ask"),
    path("hoi-dap/theo-doi/", enquiries.find, name="find-question"),
    path("hoi-dap/theo-doi/<str:whole>/", enquiries.follow, name="follow-question"),
    # units
    path("don-vi/", units.structure_page, name="units"),
    path("don-vi/<int:pk>/", units.bare, name="unit-bare"),
    path("don-vi/<int:pk>-<slug:slug>/", units.unit, name="unit"),
    # honours
    path("vinh-danh/", honours.decisions, name="honours"),
    path("vinh-danh/lay-y-kien/", honours.notice, name="honours-notice"),
    path("vinh-danh/<int:pk>/", honours.decision, name="honour-decision"),
    path("vinh-danh/<int:pk>/<int:position>/", honours.award, name="honour"),
    # directives
    path("van-ban/", directives.directives, name="directives"),
    path("van-ban/<int:pk>/", directives.directive, name="directive"),
    path("van-ban/<int:pk>/tep/", directives.document, name="directive-file"),
    # reports
    path("bao-cao/", reports.reports, name="reports"),
    path("bao-cao/<int:pk>/", reports.report, name="report"),
    path("bao-cao/<int:pk>/tai.<str:form>", reports.download, name="report-download"),
]
if settings.DEBUG or settings.IS_DEMO:
    urlpatterns.append(path("thanh-phan/", gallery.gallery, name="gallery"))
