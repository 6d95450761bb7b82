from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0001_issue_reports'),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='sizes',
            field=models.JSONField(default=dict, verbose_name='cỡ tệp'),
        ),
    ]
