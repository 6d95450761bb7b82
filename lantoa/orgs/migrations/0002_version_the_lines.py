import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_open_the_structure")]

    operations = [
        migrations.AddField(
            model_name="line",
            name="version",
            field=models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="phiên bản"),
        ),
    ]
