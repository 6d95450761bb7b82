from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0005_invite_people'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='wants_mail',
            field=models.BooleanField(default=True, verbose_name='nhận thư nhắc việc'),
        ),
    ]
