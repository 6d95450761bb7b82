"""A double of Zalo, as DOMAIN 8 describes it: it knocks at a webhook with its signature and its retries, answers the message
API with errors inside HTTP 200, hands out tokens of which the one to refresh with is good once, and serves files.

Run by hand (`lantoa zalo fake`) it has a page on which one writes as a citizen and reads what the office answers.
"""

import hashlib
import html
import http.server
import itertools
import json
import secrets
import threading
import time
import unicodedata
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field

APP, APP_SECRET, OA, SECRET = "360846524940903967", "app-secret", "388613280878808645", "oa-secret"
HOUR = 3600
# Seconds after which Zalo tries again.
RETRIES = [30, 5 * 60, 15 * 60, 30 * 60, HOUR]


@dataclass
class Zalo:
    """What Zalo knows. `now` is its clock, in seconds, so that tests let days go by."""

    webhook: str = ""
    now: object = time.time
    users: dict = field(default_factory=dict)  # id: when they last wrote
    messages: list = field(default_factory=list)  # (user, text) that the office sent
    refresh_tokens: set = field(default_factory=lambda: {"refresh-0"})
    access_tokens: dict = field(default_factory=dict)  # token: when it ends
    token_calls: int = 0
    fails: list = field(default_factory=list)  # errors to answer the next sendings with
    is_slow: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)
    numbers: object = field(default_factory=lambda: itertools.count(1))
    lines: list = field(default_factory=list)  # for the page: (who, text)

    # what citizens do

    def event(self, name, user, *, text=None, number="", attachments=(), at=None):
        """An event as Zalo writes it: every number a string."""
        at = at if at is not None else self.now()
        self.users[user] = max(self.users.get(user, 0), at)
        message = {"msg_id": number or f"{next(self.numbers):020x}"}
        if text is not None:
            message["text"] = text
        if attachments:
            message["attachments"] = list(attachments)
        told = {
            "app_id": APP,
            "sender": {"id": user},
            "recipient": {"id": OA},
            "user_id_by_app": f"by-app-{user}",
            "event_name": name,
            "message": message,
            "timestamp": str(int(at * 1000)),
        }
        return json.dumps(told, ensure_ascii=False).encode()

    def mac(self, body):
        timestamp = json.loads(body)["timestamp"]
        said = APP.encode() + body + timestamp.encode() + SECRET.encode()
        return "mac=" + hashlib.sha256(said).hexdigest()

    def deliver(self, body, *, wait=time.sleep):
        """Knock, and knock again by Zalo's schedule until it is answered with 200. Gives how often it knocked."""
        for number, rest in enumerate([0, *RETRIES]):
            if rest:
                wait(rest)
            if self.knock(body, number) == 200:
                return number + 1
        return 0

    def knock(self, body, number=0):
        headers = {"X-ZEvent-Signature": self.mac(body), "Content-Type": "application/json"}
        if number:
            headers["num_retry"] = str(number)
        request = urllib.request.Request(self.webhook, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=2) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return 0

    # what the office does

    def token(self, form, secret):
        with self.lock:
            self.token_calls += 1
            if secret != APP_SECRET or form.get("app_id") != APP:
                return {"error": -14001, "error_name": "Invalid secret key"}
            if form.get("grant_type") == "refresh_token":
                if form.get("refresh_token") not in self.refresh_tokens:
                    return {"error": -14014, "error_name": "Invalid refresh token"}
                self.refresh_tokens.discard(form["refresh_token"])
            elif form.get("code") != "consent-code" or not form.get("code_verifier"):
                return {"error": -14003, "error_name": "Invalid authorization code"}
            pair = secrets.token_hex(8), secrets.token_hex(8)
            self.access_tokens[pair[0]] = self.now() + 25 * HOUR
            self.refresh_tokens.add(pair[1])
        if self.is_slow:
            time.sleep(self.is_slow)
        return {"access_token": pair[0], "refresh_token": pair[1], "expires_in": "90000"}

    def send(self, token, body):
        if self.access_tokens.get(token, 0) < self.now():
            return {"error": -216, "message": "Access token has expired"}
        user, message = body.get("recipient", {}).get("user_id"), body.get("message", {})
        text = message.get("text", "")
        if user not in self.users:
            return {"error": -201, "message": "user_id is invalid"}
        if self.fails:
            return {"error": self.fails.pop(0), "message": "as the test asked"}
        if len(text) > 2000 or (not text and "attachment" not in message):
            return {"error": -201, "message": "text is invalid"}
        if self.now() - self.users[user] > 7 * 24 * HOUR:
            return {
                "error": -230,
                "message": "User has not interacted with the OA in the past 7 days",
            }
        self.messages.append((user, text))
        self.lines.append(("office", text))
        number = f"{next(self.numbers):020x}"
        sent = {"message_id": number, "user_id": user, "quota": {"quota_type": "reply"}}
        return {"data": sent, "error": 0, "message": "Success"}

    def quota(self, token, body):
        if self.access_tokens.get(token, 0) < self.now():
            return {"error": -216, "message": "Access token has expired"}
        last = self.users.get(body.get("user_id"))
        if last is None:
            return {"error": -201, "message": "user_id is invalid"}
        data = {"last_interaction": str(int(last * 1000)), "cs_reply": {"remain": "unlimited"}}
        return {"data": data, "error": 0, "message": "Success"}


class Handler(http.server.BaseHTTPRequestHandler):
    zalo: Zalo
    citizen = "246845883529197922"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        token = self.headers.get("access_token", "")
        match urllib.parse.urlsplit(self.path).path:
            case "/v4/oa/access_token":
                form = dict(urllib.parse.parse_qsl(body.decode()))
                self.told(self.zalo.token(form, self.headers.get("secret_key", "")))
            case "/v3.0/oa/message/cs":
                self.told(self.zalo.send(token, json.loads(body)))
            case "/v3.0/oa/quota/message":
                self.told(self.zalo.quota(token, json.loads(body)))
            case "/":
                self.written(urllib.parse.parse_qs(body.decode()).get("loi", [""])[0])
            case _:
                self.told({"error": -209, "message": "This API is not supported"})

    def do_GET(self):
        match self.path:
            case "/":
                self.answer(200, "text/html; charset=utf-8", self.page().encode())
            case "/anh.png":
                self.answer(200, "image/png", PICTURE)
            case "/elsewhere":
                self.answer(302, "text/plain", b"", Location="http://169.254.169.254/latest/")
            case _:
                self.answer(404, "text/plain", b"")

    def written(self, text):
        """Somebody wrote on the page: knock at the webhook beside it."""
        if text.strip():
            self.zalo.lines.append(("citizen", text))
            body = self.zalo.event("user_send_text", self.citizen, text=unicodedata.normalize("NFC", text))  # fmt: skip
            threading.Thread(target=self.zalo.deliver, args=[body], daemon=True).start()
        self.answer(303, "text/plain", b"", Location="/")

    def page(self):
        said = "".join(f'<p class="{who}">{html.escape(text)}</p>' for who, text in self.zalo.lines)
        return f"""<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Zalo giả</title><style>body{{font:16px/1.5 sans-serif;margin:1rem auto;max-width:34rem;padding:0 1rem}}
p{{border-radius:.7rem;padding:.6rem .9rem;white-space:pre-line}}.citizen{{background:#dbeafe;margin-left:3rem}}
.office{{background:#f1f1f1;margin-right:3rem}}textarea{{box-sizing:border-box;width:100%}}</style>
<h1>Zalo giả: nhắn như người dân</h1>{said}<form method="post"><label>Tin nhắn<textarea name="loi" rows="3"></textarea></label>
<button>Gửi</button> <a href="/">Xem tin mới</a></form></html>"""

    def told(self, said):
        self.answer(200, "application/json", json.dumps(said).encode())

    def answer(self, status, kind, body, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Nothing of a conversation goes to a log."""


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000000000500"
    "010d0a2db40000000049454e44ae426082"
)


def serve(zalo, port=0):
    """Serve in a thread; gives the server, whose port is `server.server_port`."""
    handler = type("Handler", (Handler,), {"zalo": zalo})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main(port, webhook, connect):
    """Serve until told to stop; `connect` asks for the first tokens, as one does with a real account."""
    server = serve(Zalo(webhook=webhook), port)
    connect()
    print(f"http://127.0.0.1:{server.server_port}/ -> {webhook}")  # noqa: T201 - a program
    threading.Event().wait()
