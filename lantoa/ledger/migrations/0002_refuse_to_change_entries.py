"""From here on the database itself refuses UPDATE and DELETE of an entry (and TRUNCATE, on PostgreSQL)."""

from django.db import migrations

from lantoa.ledger import guards


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_open_the_ledger")]

    operations = [migrations.RunPython(guards.put_up, guards.take_down)]
