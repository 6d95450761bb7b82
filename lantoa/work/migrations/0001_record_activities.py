import django.db.models.deletion
import uuid
from django.db import migrations, models

from lantoa.orgs.together import CreateTogether


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0001_open_the_ledger'),
        ('orgs', '0001_open_the_structure'),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='ActivityKind',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(unique=True, verbose_name='mã')),
                    ('name_vi', models.CharField(max_length=200, verbose_name='tên')),
                    ('name_en', models.CharField(max_length=200, verbose_name='tên tiếng Anh')),
                    ('may_recur', models.BooleanField(default=False, verbose_name='có thể định kỳ')),
                    ('is_open', models.BooleanField(default=True, verbose_name='còn dùng')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                ],
                options={
                    'verbose_name': 'hình thức hoạt động',
                },
            ),
            migrations.CreateModel(
                name='Activity',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='mã hồ sơ')),
                    ('date', models.DateField(verbose_name='ngày')),
                    ('title', models.CharField(blank=True, max_length=300, verbose_name='nội dung')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='bản')),
                    ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='rút lúc')),
                    ('co_organisers', models.ManyToManyField(blank=True, related_name='co_organised', to='orgs.unit', verbose_name='đơn vị phối hợp')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người ghi')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.unit', verbose_name='đơn vị chủ trì')),
                    ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='work.activitykind', verbose_name='hình thức')),
                ],
                options={
                    'verbose_name': 'hoạt động',
                    'indexes': [models.Index(fields=['unit', 'date'], name='work_activi_unit_id_654dcd_idx')],
                },
            ),
            migrations.CreateModel(
                name='ActivityValue',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('value', models.BigIntegerField(verbose_name='giá trị')),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='work.activity')),
                    ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='ledger.measure')),
                ],
                options={
                    'verbose_name': 'số ghi của hoạt động',
                    'constraints': [models.UniqueConstraint(fields=('activity', 'measure'), name='an_activity_has_one_value_a_measure'), models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='a_head_count_is_not_negative')],
                },
            ),
            migrations.CreateModel(
                name='KindMeasure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('takes', models.CharField(choices=[('one', 'mỗi hoạt động một'), ('needed', 'phải ghi'), ('optional', 'có thì ghi')], max_length=8, verbose_name='cách ghi')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                    ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='takes', to='work.activitykind')),
                    ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='ledger.measure')),
                ],
                options={
                    'verbose_name': 'chỉ tiêu của hình thức',
                    'constraints': [models.UniqueConstraint(fields=('kind', 'measure'), name='a_kind_takes_a_measure_once')],
                },
            ),
        ]),
    ]
