"""A plain form: its boxes as they are drawn, what was typed into them, and all that is wrong at once."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lantoa.desk.doors import sentence
from lantoa.lib import dates
from lantoa.lib.errors import LantoaError

Options = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Box:
    """A box of a form.

    Attributes:
        kind: text, long, day, choice, many or file.
        options: of a choice or of many: value and words.
    """

    name: str
    label: str | Promise
    kind: str = "text"
    options: Options = ()
    hint: str | Promise = ""
    most: int = 300
    is_needed: bool = True


@dataclass(frozen=True)
class Drawn:
    """A box with what stands in it."""

    box: Box
    value: str
    chosen: Sequence[str]
    wrong: str


@dataclass
class Boxes:
    """What was typed into boxes: read one by one, the mistakes collected."""

    boxes: Sequence[Box]
    typed: Mapping[str, Sequence[str]]
    wrong: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return next(iter(self.typed.get(name, ())), "").strip()

    def many(self, name: str) -> list[str]:
        return list(self.typed.get(name, ()))

    def day(self, name: str) -> dt.date | None:
        """The day typed; None, and a sentence where one is needed or it is none."""
        said = self.text(name)
        box = next(each for each in self.boxes if each.name == name)
        if not said:
            if box.is_needed:
                self.wrong[name] = no_day(box.label)
            return None
        try:
            return dates.read_day(said[:40])
        except LantoaError as error:
            self.wrong[name] = sentence(error)
            return None

    def choice(self, name: str) -> str:
        """One of the options; "" and a sentence where it is none of them and one is needed."""
        box = next(each for each in self.boxes if each.name == name)
        said = self.text(name)
        if said in dict(box.options):
            return said
        if box.is_needed or said:
            self.wrong[name] = not_chosen(box.label)
        return ""

    def refuse(self, error: LantoaError, names: Mapping[str, str], otherwise: str) -> None:
        """Put a refusal of the action beside the box that it is about."""
        where = names.get(getattr(error, "where", ""), otherwise)
        self.wrong[where] = sentence(error)

    @property
    def mistakes(self) -> list[tuple[str, str]]:
        """In the order of the boxes, as they are read; what belongs to none of them comes last."""
        places = {each.name: place for place, each in enumerate(self.boxes)}
        return sorted(self.wrong.items(), key=lambda row: places.get(row[0], len(places)))

    @property
    def drawn(self) -> list[Drawn]:
        return [
            Drawn(each, self.text(each.name), self.many(each.name), self.wrong.get(each.name, ""))
            for each in self.boxes
        ]


def not_chosen(label: str | Promise) -> str:
    return _("%(what)s: chọn một mục.") % {"what": label}


def no_day(label: str | Promise) -> str:
    return _("%(what)s: ghi ngày, tháng, năm.") % {"what": label}


def of(boxes: Sequence[Box], typed: Mapping[str, Sequence[str]] | None = None) -> Boxes:
    return Boxes(boxes, typed or {})
