"""The site map of the work area. No English twin: a page speaks the language of the account that reads it."""

from django.urls import path

from lantoa.desk.views import mine, session

app_name = "desk"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("toi/", mine.me, name="me"),
    # the login: how long it lasts, and what was typed when it ended
    path("phien/", session.stay, name="stay"),
    path("phien/giu/", session.keep, name="keep"),
    path("phien/da-viet/", session.typed_before, name="typed"),
]
