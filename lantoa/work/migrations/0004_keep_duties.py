import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0003_say_transfers_by_line'),
        ('work', '0003_keep_versions_and_evidence'),
    ]

    operations = [
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='mã')),
                ('name_vi', models.CharField(max_length=200, verbose_name='tên')),
                ('name_en', models.CharField(max_length=200, verbose_name='tên tiếng Anh')),
                ('unit_kinds', models.JSONField(default=list, verbose_name='loại đơn vị phải giữ')),
                ('rule', models.CharField(max_length=200, verbose_name='quy tắc lặp (RFC 5545)')),
                ('early_days', models.PositiveSmallIntegerField(default=0, verbose_name='sớm nhất trước mấy ngày')),
                ('grace_days', models.PositiveSmallIntegerField(default=0, verbose_name='chờ mấy ngày')),
                ('start_date', models.DateField(verbose_name='từ ngày')),
                ('end_date', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='work.activitykind', verbose_name='hình thức')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.line', verbose_name='hệ thống')),
            ],
            options={
                'verbose_name': 'việc định kỳ',
                'constraints': [models.CheckConstraint(condition=models.Q(('end_date', None), ('end_date__gt', models.F('start_date')), _connector='OR'), name='a_duty_ends_after_it_starts')],
            },
        ),
    ]
