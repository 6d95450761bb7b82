"""What an article's body is made of: prose, photos, quotations. No embeds, no markup of one's own."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

PROSE = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "figure"]
ALT_HELP = _("Tả cho người không thấy ảnh, thành một câu: ai, đang làm gì, ở đâu.")


class PhotoBlock(blocks.StructBlock):
    """A photo in the text: what it shows, what is said below it and who took it are three things."""

    image = ImageChooserBlock(label=_("ảnh"))
    alt = blocks.CharBlock(label=_("lời tả ảnh"), help_text=ALT_HELP, max_length=300)
    caption = blocks.CharBlock(label=_("chú thích"), required=False, max_length=300)
    credit = blocks.CharBlock(label=_("người chụp"), max_length=120)

    class Meta:
        icon = "image"
        label = _("ảnh")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("lời trích"))
    who = blocks.CharBlock(label=_("của"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("trích lời")


class BodyBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock(label=_("đoạn văn"), features=PROSE)
    photo = PhotoBlock()
    quote = QuoteBlock()
