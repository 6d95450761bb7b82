"""The site map of the work area. No English twin: a page speaks the language of the account that reads it."""

from django.urls import path

from lantoa.desk.views import calendar, evidence, mine, record, records, session

app_name = "desk"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("toi/", mine.me, name="me"),
    # recording
    path("ghi/", record.record, name="record"),
    path("ghi/hoan-tac/", record.undo, name="record-undo"),
    path("da-ghi/", records.records, name="records"),
    path("da-ghi/<int:pk>/", records.one, name="one-record"),
    path("da-ghi/<int:pk>/sua/", records.correct, name="correct-record"),
    path("da-ghi/<int:pk>/rut/", records.withdraw, name="withdraw-record"),
    path("da-ghi/<int:pk>/anh/", evidence.add, name="add-evidence"),
    path("anh/<uuid:number>/", evidence.show, name="evidence"),
    path("anh/<uuid:number>/bo/", evidence.remove, name="remove-evidence"),
    # what recurs
    path("lich/", calendar.calendar, name="calendar"),
    path("lich/nen-nep/", calendar.regularity, name="regularity"),
    path("lich/<str:key>.ics", calendar.feed, name="feed"),
    # the login: how long it lasts, and what was typed when it ended
    path("phien/", session.stay, name="stay"),
    path("phien/giu/", session.keep, name="keep"),
    path("phien/da-viet/", session.typed_before, name="typed"),
]
