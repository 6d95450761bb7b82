import django.db.models.deletion
from django.db import migrations, models

from lantoa.lib import text


def fold_names(apps, schema_editor):
    for person in apps.get_model("orgs", "Person").objects.iterator():
        person.folded = text.fold(person.name)
        person.save(update_fields=["folded"])


class Migration(migrations.Migration):
    dependencies = [("orgs", "0003_say_transfers_by_line")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="folded",
            field=models.CharField(default="", editable=False, max_length=120, verbose_name="tên để tìm"),
            preserve_default=False,
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="person",
            name="folded",
            field=models.CharField(db_index=True, editable=False, max_length=120, verbose_name="tên để tìm"),
        ),
    ]
