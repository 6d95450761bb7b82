"""The site map. Vietnamese at the root, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from lantoa.project.health import healthz

handler500 = "lantoa.project.failing.answer"
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("lam-viec/tai-khoan/", include("lantoa.desk.entry")),
    path("lam-viec/nhan/", include("lantoa.intake.urls")),
    path("lam-viec/", include("lantoa.desk.urls")),
    *i18n_patterns(path("", include("lantoa.portal.urls")), prefix_default_language=False),
]
