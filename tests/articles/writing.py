"""A site laid out, and articles in it, in the small province of the portal's tests."""

import datetime as dt

from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Collection

from lantoa.articles import actions
from lantoa.articles.actions import Story
from lantoa.articles.models import ArticlePage
from lantoa.orgs.models import Person
from tests import make

DAY = dt.datetime(2024, 1, 18, 2, 36, tzinfo=dt.UTC)  # 09:36 in Vietnam
CONFERENCES = "hoi-nghi-truc-tiep?ky=2023"


def shelf() -> None:
    """Where pictures and papers stand: migrations put it there, and the flush between some tests takes it away."""
    if not Collection.get_first_root_node():
        Collection.add_root(name="Root")


def figure(words: str, question: str = CONFERENCES) -> str:
    return f'<a linktype="figure" question="{question.replace("&", "&amp;")}">{words}</a>'


def article(
    title: str = "Một năm học đi đôi với làm",
    *,
    text: str = "<p>Đã học, đã làm.</p>",
    section: str = "hoc-tap",
    dated: dt.datetime = DAY,
    at: dt.datetime = make.NOON,
    tags: tuple[str, ...] = (),
    **more: object,
) -> ArticlePage:
    """One that is out since its day. The site is laid out when it is not there yet."""
    from lantoa.lib.text import slug

    by = make.clerk()
    actions.lay_out(by=by, at=at)
    told = Story(
        section=section,
        slug=str(more.pop("slug", "")) or slug(title),
        title=title,
        lead=str(more.pop("lead", "Sa-pô của bài.")),
        body=[{"type": "text", "value": text}],
        dated=dated,
        tags=tags,
        more=dict(more),
    )
    [made] = actions.publish_all(stories=[told], by=by, at=at)
    return made


def recording() -> Document:
    """Half a second of silence as MP3: twenty frames at 128 kbit/s, 44.1 kHz (ISO/IEC 11172-3), each of 417 bytes."""
    frame = bytes.fromhex("fffb9064") + bytes(413)
    return Document.objects.create(title="Bản đọc", file=ContentFile(frame * 20, name="doc.mp3"))


def somebody(role: str = "editor", *, head: bool = True) -> Person:
    """Somebody with a role at the head of the territory, or below it."""
    from lantoa.orgs import queries as orgs
    from lantoa.orgs.models import Placement, Post

    line = orgs.territory()
    places = Placement.objects.filter(line=line)
    unit = places.filter(parent=None)[0].unit if head else places.exclude(parent=None)[0].unit
    person = make.person()
    Post.objects.create(person=person, unit=unit, line=line, role=role, start_date=make.START)
    return person


def pages() -> list[str]:
    """Articles of every shape, one withdrawn, and the addresses at which they are met."""
    said = f"<p>Đã mở {figure('21 hội nghị')}, nay xem lại.</p><h2>Đề mục</h2><ul><li>Một</li></ul>"
    day = dt.timedelta(days=1)
    first = article("Bài có con số", text=said, tags=("một", "hai"), source="Theo Báo Cao Bằng", points_before=54, votes_before=12)  # fmt: skip
    shelf()
    heard = {"audio": recording(), "transcript": "Lời đọc."}
    article("Bài cũ hơn", dated=DAY - day, **heard)
    article("Bài mới hơn", dated=DAY + day, section="guong")
    gone = article("Bài đã gỡ", withdrawn_why="Sai số liệu.")
    gone.unpublish()
    there = ["/tin-tuc/", "/tin-tuc/hoc-tap/", first.address(), f"{first.address()}danh-gia/"]
    return [
        *there,
        gone.address(),
        f"{first.address()}?da-danh-gia=5",
        *(f"/en{each}" for each in there),
    ]
