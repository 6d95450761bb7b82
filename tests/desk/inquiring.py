"""A question at a unit, with a file, made without the actions: closed units have them too."""

from lantoa.enquiries import sealing
from lantoa.enquiries.attachments import CONTEXT
from lantoa.enquiries.models import Attachment, Enquiry, Message
from lantoa.keeping import files
from tests import make


def things_of(unit, mark):
    """What the routes of questions point at, for one unit; all its words carry the mark."""
    made = Enquiry.objects.create(
        code=f"DH-2611-{unit.pk:04}",
        key_digest="",
        channel="web",
        way="web",
        topic="khac",
        unit=unit,
        received_at=make.NOON,
        due_at=make.NOON,
    )
    message = Message.objects.create(
        enquiry=made, text=f"Câu hỏi {mark}", sent_at=make.NOON, received_at=make.NOON, source=mark
    )
    kept = Attachment.objects.create(
        message=message,
        position=0,
        kind="image",
        state="kept",
        file=files.keep(sealing.seal(mark.encode(), CONTEXT), ".sealed"),
        media_type="image/png",
        next_at=make.NOON,
    )
    return {"enquiry": {"pk": made.pk}, "enquiry_file": {"pk": made.pk, "place": kept.pk}}
