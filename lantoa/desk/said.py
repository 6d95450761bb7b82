"""What a page says once, after what was done ("Đã gửi cấp trên."), carried to the next page."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http.response import HttpResponseBase


class Said(CookieStorage):
    """In a signed cookie of the work area: in the login's row each would be written, and synced to disk, twice."""

    cookie_name = "loi"

    def _update_cookie(self, encoded_data: str, response: HttpResponseBase) -> None:
        super()._update_cookie(encoded_data, response)  # type: ignore[misc]
        if self.cookie_name in response.cookies:
            response.cookies[self.cookie_name]["path"] = settings.SESSION_COOKIE_PATH
