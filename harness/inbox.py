"""Does the worker's rounds until nothing is left, and prints as JSON what each citizen said, in order."""

import json
import os
from collections import defaultdict

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantoa.project.settings")


def main() -> None:
    django.setup()
    from django.utils import timezone

    from lantoa.enquiries import deliveries, working
    from lantoa.enquiries.models import Message

    while deliveries.work(timezone.now()):
        pass
    said = defaultdict(list)
    found = Message.objects.select_related("enquiry__asker").order_by("sent_at", "pk")
    for each in found:
        said[each.enquiry.asker.address].append(each.text)
    print(json.dumps({"said": said, "stuck": working.stuck(timezone.now())}))


if __name__ == "__main__":
    main()
