import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0006_say_whether_mail_is_wanted'),
        ('submissions', '0005_remind_units'),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='ngày')),
                ('begun_at', models.DateTimeField(null=True, verbose_name='bắt đầu gửi lúc')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='đã gửi lúc')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người nhận')),
            ],
            options={
                'verbose_name': 'thư nhắc việc',
                'constraints': [models.UniqueConstraint(fields=('person', 'date'), name='a_person_is_written_to_once_a_day')],
            },
        ),
    ]
