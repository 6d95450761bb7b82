"""The form in which an article is written: a draft may be anything; what comes out is looked at first."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel

from lantoa.articles import checking, queries, words
from lantoa.articles.checking import Fault, Photo
from lantoa.articles.models import ArticlePage, HomePage, SectionPage
from lantoa.lib import dates
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Unit

MAIN, BODY = "photo_alt", "body"


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Units by what they are called today."""

    def label_from_instance(self, obj: Unit) -> str:
        return self.names[obj.pk].name if obj.pk in self.names else str(obj)

    def know(self) -> None:
        day = dates.day_of(clock.now())
        self.queryset = queries.choosable_units(day)
        self.names = orgs.names_on(day, [unit.pk for unit in self.queryset])


class ArticleForm(WagtailAdminPageForm):
    unit = UnitChoice(queryset=None, required=False, label=_("Đơn vị"))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        if "unit" in self.fields:
            self.fields["unit"].know()

    def clean(self) -> dict[str, Any]:
        """Saved as a draft it is not looked at; to be reviewed or to come out, it is."""
        said: dict[str, Any] = super().clean()
        if not self.is_deferred_validation:
            for fault in faults(said):
                # Wagtail shows at the text only what is wrong with one of its blocks.
                box = fault.where if fault.where in self.fields and fault.where != BODY else None
                self.add_error(box, fault.said)
        return said


def faults(said: dict[str, Any]) -> list[Fault]:
    """Everything that keeps an article from coming out, said at once."""
    body = said.get("body")
    found = []
    if said.get("photo"):
        main = Photo(said.get("photo_alt") or "", said.get("photo_caption") or "", said.get("photo_credit") or "", MAIN, "photo_credit")  # fmt: skip
        found += checking.photo_faults(main)
    for block in body or []:
        if block.block_type == "photo":
            value = block.value
            inside = Photo(
                value["alt"] or "", value["caption"] or "", value["credit"] or "", BODY, BODY
            )
            found += checking.photo_faults(inside)
    for box in ("title", "lead", "photo_caption", "transcript"):
        found += checking.text_faults(box, said.get(box) or "")
    found += checking.text_faults(BODY, words.plain(body))
    found += checking.figure_faults(BODY, words.prose(body))
    if said.get("audio") and not (said.get("transcript") or "").strip():
        sentence = gettext(
            "Bản đọc phải có lời đi kèm, cho người không nghe được. Hãy dán lời vào đây."
        )
        found.append(Fault("transcript", sentence))
    return found


PHOTO = ["photo", "photo_alt", "photo_caption", "photo_credit"]
ABOUT = ["unit", "theme", "practice", "tags"]
SOURCE = ["author", "source", "source_url"]


def prepare() -> None:
    """Say which boxes the forms of Wagtail have, in which order. Called once, when the site starts."""
    ArticlePage.base_form_class = ArticleForm
    ArticlePage.content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel(each) for each in PHOTO], heading=_("Ảnh chính")),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel(each) for each in SOURCE], heading=_("Nguồn")),
        MultiFieldPanel([FieldPanel(each) for each in ABOUT], heading=_("Bài nói về")),
        InlinePanel(
            "attachments",
            heading=_("Tệp kèm theo"),
            label=_("Tệp"),
            panels=[FieldPanel("document"), FieldPanel("title")],
        ),
        MultiFieldPanel([FieldPanel("audio"), FieldPanel("transcript")], heading=_("Bản đọc")),
    ]
    ArticlePage.promote_panels = [FieldPanel("slug"), FieldPanel("is_headline")]
    ArticlePage.settings_panels = [
        *ArticlePage.settings_panels,
        FieldPanel("change_note"),
        FieldPanel("withdrawn_why"),
    ]
    SectionPage.content_panels = [TitleFieldPanel("title"), FieldPanel("intro")]
    SectionPage.promote_panels = [FieldPanel("slug")]
    HomePage.content_panels, HomePage.promote_panels = [FieldPanel("title")], []
