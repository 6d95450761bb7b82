"""Citizens' questions and the channels they come by."""

from lantoa.enquiries.models.public import PublicAnswer
from lantoa.enquiries.models.questions import (
    AnswerTemplate,
    Asker,
    Channel,
    Enquiry,
    Handover,
    Message,
    Reply,
    Routing,
    Topic,
)
from lantoa.enquiries.models.zalo import Attachment, Delivery, Sending, ZaloAccount

__all__ = [
    "AnswerTemplate",
    "Asker",
    "Attachment",
    "Channel",
    "Delivery",
    "Enquiry",
    "Handover",
    "Message",
    "PublicAnswer",
    "Reply",
    "Routing",
    "Sending",
    "Topic",
    "ZaloAccount",
]
