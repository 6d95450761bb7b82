"""The way of an article in Wagtail: draft, review, its hour, out, changed with a word about it, taken down with a reason."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from lantoa.articles import words
from lantoa.articles.models import ArticlePage
from tests.desk.test_writing import add, editor, form  # noqa: F401 - a fixture
from tests.portal.seen import text

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def state(article):
    return WorkflowState.objects.filter(object_id=str(article.pk)).latest("pk").status


def decide(client, article, action, **said):
    task = WorkflowState.objects.get(object_id=str(article.pk), status="in_progress")
    args = [article.pk, action, task.current_task_state.pk]
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=args), said)


def save(client, article, **said):
    return client.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), form(**said))


@pytest.fixture
def reviewed(editor):  # noqa: F811
    """One that was sent to be reviewed."""
    add(editor, **{"action-submit": "1"})
    return ArticlePage.objects.get()


def test_what_is_sent_to_be_reviewed_is_looked_at_first(editor):  # noqa: F811
    answer = add(editor, lead="Gọi 0912 345 678", **{"action-submit": "1"})

    assert "Có số giống số điện thoại" in answer.content.decode()
    assert not ArticlePage.objects.exists()


def test_in_review_it_is_not_out_and_approved_it_is(editor, reviewed, client):  # noqa: F811
    before = client.get("/tin-tuc/").content.decode()
    assert (state(reviewed), reviewed.live) == ("in_progress", False)

    decide(editor, reviewed, "approve")

    reviewed.refresh_from_db()
    assert (state(reviewed), reviewed.live) == ("approved", True)
    assert "Một bài" not in before
    assert client.get(reviewed.address()).status_code == 200


def test_sent_back_it_says_why_and_stays_a_draft(editor, reviewed):  # noqa: F811
    decide(editor, reviewed, "reject", comment="Thiếu nguồn.")

    reviewed.refresh_from_db()
    seen = editor.get(reverse("wagtailadmin_pages:workflow_history", args=[reviewed.pk]))
    assert (state(reviewed), reviewed.live) == ("needs_changes", False)
    assert seen.status_code == 200
    assert WorkflowState.objects.get().task_states.get().comment == "Thiếu nguồn."


def test_approved_for_an_hour_it_comes_out_when_that_has_come(editor, client, monkeypatch):  # noqa: F811
    hour = timezone.localtime(timezone.now() + HOUR).strftime("%Y-%m-%d %H:%M")
    add(editor, go_live_at=hour, **{"action-submit": "1"})
    article = ArticlePage.objects.get()

    decide(editor, article, "approve")
    call_command("publish_scheduled")
    article.refresh_from_db()
    is_early = article.live
    later = timezone.now() + 2 * HOUR
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("publish_scheduled")

    article.refresh_from_db()
    assert (is_early, article.live) == (False, True)
    assert client.get(article.address()).status_code == 200


def test_a_change_keeps_the_older_text_and_tells_readers_what_was_changed(editor, reviewed, client):  # noqa: F811
    decide(editor, reviewed, "approve")
    reviewed.refresh_from_db()
    ArticlePage.objects.filter(pk=reviewed.pk).update(
        first_published_at=reviewed.first_published_at - 2 * words.A_WHILE
    )
    kept = reviewed.revisions.count()

    save(editor, reviewed, text="<p>Chữ mới.</p>", change_note="Sửa tên hội nghị.", **{"action-publish": "1"})  # fmt: skip

    reviewed.refresh_from_db()
    seen = text(client.get(reviewed.address()))
    first = reviewed.revisions.order_by("pk").first().as_object()
    assert "Chữ mới." in seen
    assert "Lịch sử sửa" in seen
    assert "Sửa tên hội nghị." in seen
    assert reviewed.revisions.count() > kept
    assert "Chữ." in words.plain(first.body)


def test_taken_down_it_answers_410_with_the_reason_and_leaves_every_list(editor, reviewed, client):  # noqa: F811
    decide(editor, reviewed, "approve")
    reviewed.refresh_from_db()
    save(editor, reviewed, withdrawn_why="Sai số liệu của một xã.")
    save(editor, reviewed, withdrawn_why="Sai số liệu của một xã.", **{"action-publish": "1"})

    editor.post(reverse("wagtailadmin_pages:unpublish", args=[reviewed.pk]))

    answer = client.get(reviewed.address())
    assert answer.status_code == 410
    assert "Sai số liệu của một xã." in text(answer)
    assert "Một bài" not in text(client.get("/tin-tuc/"))
