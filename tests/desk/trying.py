"""The site map with two forms more, for the tests of the login: one that records, one that reviews."""

from django.http import HttpResponse
from django.urls import path

from lantoa.desk.doors import door
from lantoa.project.urls import urlpatterns as ours

CAME = []  # what reached the forms


def _form(request):
    if request.method == "POST":
        CAME.append(request.POST.dict())
    return HttpResponse("ok")


urlpatterns = [
    path("lam-viec/thu-ghi/", door("work.record")(_form)),
    path("lam-viec/thu-duyet/", door("submissions.approve")(_form)),
    *ours,
]
