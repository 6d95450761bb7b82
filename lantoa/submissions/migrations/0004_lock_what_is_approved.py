"""From here on the database itself holds to the states, and refuses to change what was sent."""

from django.db import migrations, models

from lantoa.submissions import guards


class Migration(migrations.Migration):
    dependencies = [("submissions", "0003_number_what_was_sent")]

    operations = [
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at', None), ('sent_by', None), ('state', 'draft'), ('version', 0)), models.Q(models.Q(('state', 'draft'), _negated=True), ('sent_at__isnull', False), ('sent_by__isnull', False), ('version__gt', 0)), _connector='OR'), name='what_was_sent_has_a_version_a_sender_and_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), ('approved_version', models.F('version')), _connector='OR'), name='what_is_approved_is_the_newest_version'),
        ),
        migrations.RunPython(guards.put_up, guards.take_down),
    ]
