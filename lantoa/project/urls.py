"""The site map. Vietnamese at the root, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from lantoa.portal.views import news
from lantoa.project.health import healthz

handler500 = "lantoa.project.failing.answer"
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("lam-viec/tai-khoan/", include("lantoa.desk.entry")),
    path("lam-viec/nhan/", include("lantoa.intake.urls")),
    path("nhan/", include("lantoa.intake.hooks")),
    path("bien-tap/", news.to_editing, name="to-editing"),
    path("lam-viec/bien-tap/", include("lantoa.desk.editing")),
    path("lam-viec/", include("lantoa.desk.urls")),
    path("tep/<path:path>", news.picture, name="picture"),
    re_path(r"^tai-lieu/(\d+)/(.*)$", news.paper, name="wagtaildocs_serve"),
    *i18n_patterns(path("", include("lantoa.portal.urls")), prefix_default_language=False),
]
