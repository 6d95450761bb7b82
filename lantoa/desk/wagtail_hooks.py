"""Where Wagtail asks us something: a switchboard. What is answered lies in the modules it names."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.models import Page

from lantoa.articles.models import ArticlePage
from lantoa.desk import quoting
from lantoa.desk.views import held

HIDDEN = {"settings", "help"}  # of the menu: what editors have no part in


@hooks.register("register_rich_text_features")
def figures_in_a_text(features: Any) -> None:
    says = {"type": quoting.KIND, "icon": "table", "description": str(_("Con số mở được"))}
    features.register_editor_plugin(
        "draftail", "figure", EntityFeature(says, js=["desk/editing/figure.js"])
    )
    features.register_converter_rule("contentstate", "figure", quoting.RULE)


@hooks.register("register_admin_urls")
def held_votes() -> list[URLPattern]:
    return [path("phieu-cho-xem/", held.held, name="held-ratings")]


@hooks.register("register_admin_menu_item")
def held_votes_in_the_menu() -> MenuItem:
    return MenuItem(_("Phiếu chờ xem"), reverse("held-ratings"), icon_name="pick", order=900)


@hooks.register("before_unpublish_page")
def nothing_is_taken_down_without_a_reason(request: HttpRequest, page: Page) -> HttpResponse | None:
    article = page.specific
    if request.method != "POST" or not isinstance(article, ArticlePage) or article.withdrawn_why:
        return None
    said = gettext(
        "Hãy ghi lý do gỡ bài ở mục Cài đặt, lưu lại, rồi gỡ. Người đọc sẽ thấy lý do ấy."
    )
    messages.error(request, said)
    return redirect("wagtailadmin_pages:edit", article.pk)


@hooks.register("construct_main_menu")
def the_menu_holds_what_editors_use(request: HttpRequest, menu_items: list[Any]) -> None:
    menu_items[:] = [each for each in menu_items if each.name not in HIDDEN]
