"""What an event of Zalo means: a citizen's words, added to the question they belong to, or a new one; who follows, who left.

The result is the same in whatever order events are worked on: words are ordered by the sender's clock, and belong to the
question that was open when they were said.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from lantoa.enquiries import asking, codes, facts, forgetting, guess, outbox, queries, sealing
from lantoa.enquiries.asking import Question
from lantoa.enquiries.models import Asker, Attachment, Channel, Enquiry, Message
from lantoa.enquiries.steps import OPEN, State, step
from lantoa.lib import text
from lantoa.lib.dates import day_of

SAYS = (
    "user_send_text", "user_send_image", "user_send_link", "user_send_audio", "user_send_video", "user_send_sticker",
    "user_send_gif", "user_send_location", "user_send_file", "anonymous_send_text",
)  # fmt: skip
FILES = {"image", "file", "audio", "video", "gif"}
INSTEAD = {
    "image": "[hình ảnh]", "file": "[tệp]", "audio": "[ghi âm]", "video": "[phim]", "gif": "[hình động]",
    "sticker": "[hình dán]", "link": "[liên kết]", "location": "[vị trí]",
}  # fmt: skip
MOST_FILES = 10
# What answers "did this solve it?", folded.
YES = {
    "co",
    "roi",
    "da xong",
    "xong",
    "xong roi",
    "da giai quyet",
    "cam on",
    "ok",
    "co a",
    "da roi",
}
NO = {"chua", "chua xong", "chua duoc", "chua giai quyet", "khong", "chua a"}
# What deletes everything of whoever writes it, folded.
FORGET = {"xoa du lieu", "xoa du lieu cua toi"}
JUDGES_FOR = dt.timedelta(days=7)


def take(event: Mapping[str, Any], *, sent_at: dt.datetime, at: dt.datetime) -> None:
    """Do what an event means. Inside the worker's transaction; what is of no use here is let pass."""
    name = event.get("event_name", "")
    if name in SAYS:
        _says(event, sent_at=sent_at, at=at)
    elif name and name == settings.ZALO_FORGET_EVENT:
        _forgets(event, at)
    elif name in ("follow", "unfollow"):
        digest = sealing.fingerprint(f"zalo:{event['follower']['id']}", "asker")
        Asker.objects.filter(digest=digest).update(has_left=name == "unfollow")


def _says(event: Mapping[str, Any], *, sent_at: dt.datetime, at: dt.datetime) -> None:
    asker = _asker(str(event["sender"]["id"]), sent_at, at)
    message = event["message"]
    source = sealing.fingerprint(f"zalo:{message['msg_id']}", "message")
    if Message.objects.filter(source=source).exists():
        return
    said, files = _words(message), _files(message)
    if text.fold(said).strip(" .!") in FORGET:
        forgetting.forget_asker(asker, at=at)
        return
    enquiry = _belongs_to(asker, sent_at)
    if enquiry is None and _judges(asker, said, source, sent_at, at):
        return
    if enquiry is None:
        enquiry = _begin(asker, said, source, sent_at=sent_at, at=at)
    else:
        _add(enquiry, said, source, sent_at=sent_at, at=at)
    _keep_addresses(source, files, at)


def _forgets(event: Mapping[str, Any], at: dt.datetime) -> None:
    """Zalo passes on that somebody wants their data gone."""
    for who in ("sender", "follower", "user"):
        told = event.get(who)
        if isinstance(told, dict) and told.get("id"):
            digest = sealing.fingerprint(f"zalo:{told['id']}", "asker")
            for asker in Asker.objects.filter(digest=digest):
                forgetting.forget_asker(asker, at=at)


def _asker(number: str, sent_at: dt.datetime, at: dt.datetime) -> Asker:
    """Held to the end of the transaction: what one person says is worked on one by one."""
    found = asking.asker_of(Asker.Kind.ZALO, number, sent_at)
    held = Asker.objects.select_for_update().get(pk=found.pk)
    if held.last_seen_at is None or held.last_seen_at < sent_at:
        held.last_seen_at = sent_at
    held.has_left = False
    held.save(update_fields=["last_seen_at", "has_left"])
    return held


def _belongs_to(asker: Asker, sent_at: dt.datetime) -> Enquiry | None:
    """The question that was open when the words were said: the first that was not yet answered then."""
    theirs = asker.enquiries.filter(forgotten_at=None).order_by("received_at", "pk")
    for each in theirs:
        if each.state in OPEN or (each.answered_at and sent_at <= each.answered_at):
            return each
    return None


def _judges(asker: Asker, said: str, source: str, sent_at: dt.datetime, at: dt.datetime) -> bool:
    """Whether it only says if the last answer helped; then it is taken as that."""
    folded = text.fold(said).strip(" .!,")
    last = asker.enquiries.filter(state=State.ANSWERED, is_solved=None).order_by("-answered_at").first()  # fmt: skip
    if last is None or last.answered_at is None or sent_at > last.answered_at + JUDGES_FOR:
        return False
    if folded not in YES | NO:
        return False
    asking.judge(enquiry=last, is_solved=folded in YES, text=said, source=source, at=at)
    return True


def _begin(
    asker: Asker, said: str, source: str, *, sent_at: dt.datetime, at: dt.datetime
) -> Enquiry:
    place = guess.place(said, queries.communes(day_of(at)))
    question = Question(
        text=said,
        channel=Channel.ZALO,
        way=Enquiry.Way.ZALO,
        place=queries.commune(place, day_of(at)) if place else None,
        asker=asker,
        source=source,
        key=codes.new_key(),
        sent_at=sent_at,
    )
    asked = asking.keep(question, at=at)
    outbox.receipt(asked, at=at)
    return asked.enquiry


def _add(
    enquiry: Enquiry, said: str, source: str, *, sent_at: dt.datetime, at: dt.datetime
) -> None:
    """Add words. Said before an answer that had not seen them, they open the question again: nobody overlooks them."""
    if enquiry.state in OPEN:
        asking.say_more(enquiry=enquiry, text=said, source=source, sent_at=sent_at, at=at)
        return
    Message.objects.create(
        enquiry=enquiry, text=said, source=source, sent_at=sent_at, received_at=at
    )
    now = step(enquiry, enquiry.version, state=State.WORKING, answered_at=None, is_solved=None)
    facts.post(now, by=None, at=at, reason="Lời gửi trước câu trả lời tới sau")


def _words(message: Mapping[str, Any]) -> str:
    """All that was said, whole: the text, and in words what came without one."""
    said = text.nfc(str(message.get("text") or "")).replace("\x00", "").strip()
    kinds = [str(each.get("type", "")) for each in _attached(message)]
    instead = [_told(each) for each in _attached(message) if each.get("type") in INSTEAD]
    if said and set(kinds) <= FILES:
        return said
    return "\n".join(filter(None, [said, *instead])) or "[tin không có lời]"


def _told(attached: Mapping[str, Any]) -> str:
    """A link and a place are told by what they say; the rest by what it is."""
    payload, kind = attached.get("payload") or {}, str(attached["type"])
    if kind == "location" and isinstance(payload.get("coordinates"), dict):
        there = payload["coordinates"]
        return f"{INSTEAD[kind]} {there.get('latitude')}, {there.get('longitude')}"
    if kind == "link":
        return f"{INSTEAD[kind]} {payload.get('url', '')} {payload.get('description', '')}".strip()
    return INSTEAD[kind]


def _files(message: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = [
        (str(each["type"]), str((each.get("payload") or {}).get("url", "")))
        for each in _attached(message)
        if each.get("type") in FILES
    ]
    return [(kind, url) for kind, url in found if url][:MOST_FILES]


def _attached(message: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    found = message.get("attachments") or []
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _keep_addresses(source: str, files: Sequence[tuple[str, str]], at: dt.datetime) -> None:
    if not files:
        return
    message = Message.objects.get(source=source)
    Attachment.objects.bulk_create(
        Attachment(message=message, position=place, kind=kind, address=url, next_at=at)
        for place, (kind, url) in enumerate(files)
    )
