"""What was sent before versions were kept is version 1 of itself, without values: nobody froze them then."""

from django.db import migrations


def number(apps, editor):
    submission, version = (apps.get_model("submissions", name) for name in ("Submission", "Version"))
    sent = submission.objects.filter(sent_at__isnull=False, version=0)
    version.objects.bulk_create(
        version(
            submission=each,
            number=1,
            is_nil=each.is_nil,
            received_at=each.sent_at,
            sent_by_id=each.sent_by_id,
            position=0,
        )
        for each in sent
    )
    sent.update(state="sent", version=1)


class Migration(migrations.Migration):
    dependencies = [("submissions", "0002_keep_versions_and_reviews")]

    operations = [migrations.RunPython(number, migrations.RunPython.noop)]
