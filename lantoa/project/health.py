"""Is the service alive, and how is its database set? Read by machines."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from lantoa.project.checks import database_settings


def healthz(request: HttpRequest) -> JsonResponse:
    try:
        found = database_settings(connection)
    except DatabaseError:
        answer = JsonResponse({"live": True, "ready": False}, status=503)
        answer["Retry-After"] = "5"
        return answer
    return JsonResponse({"live": True, "ready": True, "database": found})


healthz.needs = "public"  # type: ignore[attr-defined]
