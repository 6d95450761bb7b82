import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0003_say_transfers_by_line'),
        ('work', '0002_say_parts_and_prints'),
    ]

    operations = [
        migrations.AddField(
            model_name='activity',
            name='claimed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='máy ghi lúc'),
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='mã')),
                ('kind', models.CharField(choices=[('photo', 'ảnh'), ('paper', 'văn bản')], max_length=8, verbose_name='loại')),
                ('name', models.CharField(max_length=120, verbose_name='tên tệp')),
                ('file', models.CharField(max_length=80, verbose_name='nơi cất')),
                ('size', models.PositiveIntegerField(verbose_name='số byte')),
                ('digest', models.CharField(db_index=True, max_length=64, verbose_name='dấu vân tay')),
                ('likeness', models.CharField(blank=True, max_length=16, verbose_name='dấu hình')),
                ('taken_date', models.DateField(blank=True, null=True, verbose_name='ngày chụp')),
                ('recorded_at', models.DateTimeField(verbose_name='gửi lúc')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='bỏ lúc')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='work.activity')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người gửi')),
            ],
            options={
                'verbose_name': 'minh chứng',
            },
        ),
        migrations.CreateModel(
            name='ActivityVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='bản')),
                ('told', models.JSONField(verbose_name='nội dung')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do')),
                ('at', models.DateTimeField(verbose_name='lúc')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='work.activity')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người sửa')),
            ],
            options={
                'verbose_name': 'bản của hoạt động',
                'constraints': [models.UniqueConstraint(fields=('activity', 'number'), name='an_activity_has_one_of_each_version')],
            },
        ),
    ]
