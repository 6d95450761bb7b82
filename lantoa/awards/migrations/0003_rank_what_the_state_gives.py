"""What nobody here decides was kept under the rank of the unit that it was put to: it is the State's."""

from django.db import migrations


def rank(apps, schema_editor):
    nominations = apps.get_model("awards", "Nomination").objects
    nominations.filter(form="bang-khen-thu-tuong").update(level="state")


class Migration(migrations.Migration):
    dependencies = [("awards", "0002_record_decisions_from_above")]

    # Going back leaves them as they are: the older code reads any rank.
    operations = [migrations.RunPython(rank, migrations.RunPython.noop)]
