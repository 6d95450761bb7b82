"""What one may do with articles from outside Wagtail's own pages: lay out the site, let editors in, write, publish."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from lantoa.articles import publishing, queries
from lantoa.articles.models import ArticlePage, Attachment, HomePage, SectionPage
from lantoa.articles.models.pages import NEWS
from lantoa.lib import dates
from lantoa.orgs import rights
from lantoa.orgs.models import Person

EDITORS = "Biên tập viên"
REVIEW = "Duyệt bài"
ON_PAGES = ("add", "change", "publish", "lock", "unlock")
ON_FILES = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")  # fmt: skip
# The slug of a section, its name and what it is about.
SECTIONS = (
    ("chi-dao", "Chỉ đạo", "Văn bản, hội nghị, kết luận của các cấp"),
    ("hoc-tap", "Học tập chuyên đề", "Các nơi học chuyên đề năm ra sao"),
    ("mo-hinh-hay", "Mô hình hay", "Việc làm được, nơi khác làm theo được"),
    ("kiem-tra", "Kiểm tra, giám sát", "Đã hứa gì, đã sửa gì"),
    ("guong", "Gương người tốt, việc tốt", "Tập thể, cá nhân được khen"),
)


class Paper(NamedTuple):
    """A file that comes with a story."""

    title: str
    name: str
    content: bytes


class Story(NamedTuple):
    """An article to be written at once: what it says, under which section, and when it was out."""

    section: str
    slug: str
    title: str
    lead: str
    body: list[dict[str, Any]]
    dated: dt.datetime
    tags: Sequence[str]
    more: dict[str, Any]
    papers: Sequence[Paper] = ()


@transaction.atomic
def lay_out(*, by: Person, at: dt.datetime) -> HomePage:
    """A home, sections below it, and what editors may do there. What is there already stays as it is.

    Raises:
        NotAllowedError: `by` is not a founder.
    """
    rights.require_everywhere(by, queries.LAY_OUT, at)
    home = queries.home() or _home()
    news = SectionPage.objects.filter(slug=NEWS).first()
    if news is None:
        news = home.add_child(instance=SectionPage(title="Tin tức", slug=NEWS, locale=home.locale))
        for slug, title, intro in SECTIONS:
            one = SectionPage(title=title, slug=slug, intro=intro, locale=home.locale)
            news.add_child(instance=one)
    _let_editors_write(home)
    return home


def enter(*, person: Person, at: dt.datetime) -> None:
    """Let an editor into the pages where articles are written, with what editors may do; take it from who is none.

    Raises:
        NotAllowedError: no post of theirs makes them an editor of the public site today.
    """
    is_editor = queries.may_edit(person, dates.day_of(at))
    account = person.account
    held = set(account.groups.values_list("name", flat=True))
    if is_editor and held != {EDITORS}:
        account.groups.set(Group.objects.filter(name=EDITORS))
    elif not is_editor and held:
        account.groups.clear()
    if not is_editor:
        raise rights.NotAllowedError(rights.ACTS[queries.WRITE])


@transaction.atomic
def publish_all(*, stories: Sequence[Story], by: Person, at: dt.datetime) -> list[ArticlePage]:
    """Write articles that are out since their own days: a sample, or what another site had.

    Raises:
        NotAllowedError: `by` may not write for the public.
    """
    rights.require_everywhere(by, queries.LAY_OUT, at)
    where = {section.slug: section for section in SectionPage.objects.all()}
    return [_publish(where[story.section], story, at) for story in stories]


@transaction.atomic
def keep_photo(*, title: str, name: str, content: bytes, by: Person, at: dt.datetime) -> Image:
    """Take a photo into what editors choose from; its sizes are cut at once.

    Raises:
        NotAllowedError: `by` may not write for the public.
    """
    rights.require_everywhere(by, queries.LAY_OUT, at)
    kept: Image = Image.objects.create(title=title, file=ImageFile(io.BytesIO(content), name=name))
    return kept


def _publish(section: SectionPage, story: Story, at: dt.datetime) -> ArticlePage:
    article = ArticlePage(
        title=story.title,
        slug=story.slug,
        lead=story.lead,
        body=story.body,
        dated=story.dated,
        first_published_at=story.dated,
        last_published_at=story.dated,
        live=True,
        locale=section.locale,
        **story.more,
    )
    article.tags.add(*story.tags)
    for paper in story.papers:
        file = ContentFile(paper.content, name=paper.name)
        document = Document.objects.create(title=paper.title, file=file)
        article.attachments.add(Attachment(document=document))
    section.add_child(instance=article)
    revision = article.save_revision(changed=False, log_action=False)
    article.live_revision, article.has_unpublished_changes = revision, False
    article.save()
    publishing.settle(article, at=at)
    return article


def _home() -> HomePage:
    """The tree from its root. A database emptied by hand has not even that."""
    locale, _made = Locale.objects.get_or_create(language_code="vi")
    root = Page.get_first_root_node() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=locale)
    )
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    for welcome in root.get_children():
        welcome.delete()
    root = Page.objects.get(pk=root.pk)
    home: HomePage = root.add_child(
        instance=HomePage(title="Trang chủ", slug="trang-chu", locale=locale)
    )
    Site.objects.all().delete()
    Site.objects.create(
        hostname="localhost", site_name=settings.SITE_TITLE, root_page=home, is_default_site=True
    )
    return home


def _let_editors_write(home: HomePage) -> None:
    group, is_new = Group.objects.get_or_create(name=EDITORS)
    if not is_new:
        return
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    for act in ON_PAGES:
        GroupPagePermission.objects.create(group=group, page=home, permission_type=act)
    files = Permission.objects.filter(
        codename__in=ON_FILES, content_type__app_label__in=["wagtailimages", "wagtaildocs"]
    )
    for permission in files:
        GroupCollectionPermission.objects.create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
    workflow = Workflow.objects.create(name=REVIEW)
    task = GroupApprovalTask.objects.create(name=REVIEW)
    task.groups.add(group)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=home)
