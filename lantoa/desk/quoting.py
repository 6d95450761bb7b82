"""A figure in Draftail: how the entity is kept in the text, and how it comes back into the editor."""

import re
from typing import Any

from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler

KIND = "FIGURE"
QUESTION = re.compile(r"[a-z0-9-]+(?:\+[a-z0-9-]+)*\?ky=[\w&=.%-]{4,200}")


def kept(props: dict[str, Any]) -> Any:
    """The entity as a link of its kind; words alone where what it asks is no question."""
    question = str(props.get("question") or "")
    if not QUESTION.fullmatch(question):
        return props["children"]
    return DOM.create_element("a", {"linktype": "figure", "question": question}, props["children"])


class Figure(LinkElementHandler):
    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return {"question": attrs.get("question", "")}


RULE = {
    "from_database_format": {'a[linktype="figure"]': Figure(KIND)},
    "to_database_format": {"entity_decorators": {KIND: kept}},
}
