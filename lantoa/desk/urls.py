"""The site map of the work area. No English twin: a page speaks the language of the account that reads it."""

from django.urls import path

from lantoa.desk.views import (
    board,
    calendar,
    evidence,
    mine,
    outbox,
    people,
    plans,
    record,
    records,
    review,
    session,
    sheets,
    tasks,
    workbook,
)

app_name = "desk"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("toi/", mine.me, name="me"),
    # recording
    path("ghi/", record.record, name="record"),
    path("ghi/hoan-tac/", record.undo, name="record-undo"),
    path("hop-cho/", outbox.outbox, name="outbox"),
    path("sw.js", outbox.worker, name="worker"),
    path("da-ghi/", records.records, name="records"),
    path("da-ghi/<int:pk>/", records.one, name="one-record"),
    path("da-ghi/<int:pk>/sua/", records.correct, name="correct-record"),
    path("da-ghi/<int:pk>/gop/<int:other>/", records.join, name="join-records"),
    path("da-ghi/<int:pk>/rut/", records.withdraw, name="withdraw-record"),
    path("da-ghi/<int:pk>/anh/", evidence.add, name="add-evidence"),
    path("anh/<uuid:number>/", evidence.show, name="evidence"),
    path("anh/<uuid:number>/bo/", evidence.remove, name="remove-evidence"),
    # plans and their tasks
    path("ke-hoach/", plans.plans, name="plans"),
    path("ke-hoach/bat-dau/", plans.begin, name="begin-task"),
    path("ke-hoach/duyet/", plans.review, name="plan-review"),
    path("ke-hoach/<int:pk>/", plans.plan, name="plan"),
    path("ke-hoach/<int:pk>/hai-phan/", plans.parts, name="plan-parts"),
    path("ke-hoach/<int:pk>/duyet/", plans.decide, name="decide-plan"),
    path("nhiem-vu/", tasks.tasks, name="tasks"),
    path("nhiem-vu/<int:pk>/", tasks.task, name="task"),
    path("nhiem-vu/<int:pk>/cau/<int:step>/", tasks.question, name="task-question"),
    path("nhiem-vu/<int:pk>/gia-han/", tasks.extend, name="extend-task"),
    path("nhiem-vu/<int:pk>/bao-xong/", tasks.report, name="report-task"),
    path("nhiem-vu/<int:pk>/chua-xong/", tasks.take_back, name="take-back-task"),
    path("nhiem-vu/<int:pk>/chuyen/", tasks.carry, name="carry-task"),
    path("nhiem-vu/<int:pk>/bo/", tasks.remove, name="remove-task"),
    # the overview
    path("dieu-hanh/", board.board, name="board"),
    # what recurs
    path("lich/", calendar.calendar, name="calendar"),
    path("lich/nen-nep/", calendar.regularity, name="regularity"),
    path("lich/<str:key>.ics", calendar.feed, name="feed"),
    # reports: fill, send, look at what was sent
    path("bao-cao/", sheets.sheets, name="sheets"),
    path("bao-cao/lan-nop/<int:pk>/", sheets.submission, name="submission"),
    path("bao-cao/<slug:code>/<slug:period>/", sheets.sheet, name="sheet"),
    path("bao-cao/<slug:code>/<slug:period>/don-vi/", sheets.units, name="sheet-units"),
    path("bao-cao/<slug:code>/<slug:period>/nhac/", sheets.remind, name="remind"),
    # the same as a workbook: given out, taken back and shown, agreed to
    path("bao-cao/<slug:code>/<slug:period>/bang/", workbook.blank, name="workbook"),
    path("bao-cao/<slug:code>/<slug:period>/nop-bang/", workbook.take, name="take-workbook"),
    path("bao-cao/<slug:code>/<slug:period>/dong-y/", workbook.agree, name="agree-workbook"),
    # review
    path("duyet/", review.review, name="review"),
    path("duyet/binh-thuong/", review.approve_normal, name="approve-normal"),
    path("duyet/hoan-tac/", review.undo, name="undo-review"),
    path("duyet/<int:pk>/", review.decide, name="decide"),
    # people: who may do what, from which day
    path("toi/ngon-ngu/", people.language, name="language"),
    path("vai-tro/", people.roles, name="roles"),
    path("nguoi/", people.people, name="people"),
    path("nguoi/them/", people.new, name="new-person"),
    path("nguoi/<int:pk>/", people.person, name="person"),
    path("nguoi/<int:pk>/giao/", people.appoint, name="appoint"),
    path("nguoi/<int:pk>/thoi/<int:post>/", people.relieve, name="relieve"),
    path("nguoi/<int:pk>/moi/", people.invite, name="invite"),
    path("nguoi/<int:pk>/khoa/", people.switch, name="switch"),
    path("thu-moi/<str:token>/", people.accept, name="accept"),
    # the login: how long it lasts, and what was typed when it ended
    path("phien/", session.stay, name="stay"),
    path("phien/giu/", session.keep, name="keep"),
    path("phien/da-viet/", session.typed_before, name="typed"),
]
