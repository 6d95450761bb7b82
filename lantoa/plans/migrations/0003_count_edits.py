from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_keep_plans")]

    operations = [
        migrations.RenameField("task", "version", "edit"),
        migrations.AddField(
            "plan", "edit", models.PositiveIntegerField(default=1, verbose_name="lần sửa")
        ),
    ]
