"""From here on the database itself refuses to change what was sent."""

from django.db import migrations

from lantoa.submissions import guards


class Migration(migrations.Migration):
    dependencies = [("submissions", "0003_number_what_was_sent")]

    operations = [
        migrations.RunPython(guards.put_up, guards.take_down),
    ]
