"""The site map of the work area. No English twin: a page speaks the language of the account that reads it."""

from django.urls import path

from lantoa.desk.views import mine

app_name = "desk"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("toi/", mine.me, name="me"),
]
