"""Where phones send to. Below the work area's path, for its cookies are sent there alone."""

from django.urls import path

from lantoa.intake import offline

app_name = "intake"

urlpatterns = [
    path("", offline.record, name="record"),
    path("hoan-tac/", offline.undo, name="undo"),
    path("anh/<uuid:number>/<uuid:own>/", offline.photo, name="photo"),
]
