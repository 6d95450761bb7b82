import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orgs', '0001_open_the_structure'),
    ]

    operations = [
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='mã')),
                ('name_vi', models.CharField(max_length=200, verbose_name='tên')),
                ('name_en', models.CharField(max_length=200, verbose_name='tên tiếng Anh')),
                ('unit_vi', models.CharField(max_length=60, verbose_name='đơn vị tính')),
                ('unit_en', models.CharField(max_length=60, verbose_name='đơn vị tính, tiếng Anh')),
                ('definition_vi', models.TextField(blank=True, verbose_name='cách đếm')),
                ('definition_en', models.TextField(blank=True, verbose_name='cách đếm, tiếng Anh')),
                ('nature', models.CharField(choices=[('flow', 'số phát sinh'), ('balance', 'số hiện có'), ('level', 'số đo'), ('ratio', 'tỷ lệ')], max_length=8, verbose_name='bản chất')),
                ('along_time', models.CharField(choices=[('sum', 'cộng'), ('last', 'số cuối kỳ'), ('average', 'bình quân'), ('min', 'nhỏ nhất'), ('max', 'lớn nhất')], default='sum', max_length=8, verbose_name='theo thời gian')),
                ('along_units', models.CharField(choices=[('sum', 'cộng'), ('last', 'số cuối kỳ'), ('average', 'bình quân'), ('min', 'nhỏ nhất'), ('max', 'lớn nhất')], default='sum', max_length=8, verbose_name='theo đơn vị')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                ('bottom', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.measure')),
                ('top', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.measure')),
            ],
            options={
                'verbose_name': 'chỉ tiêu',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('bottom__isnull', False), ('nature', 'ratio'), ('top__isnull', False)), models.Q(models.Q(('nature', 'ratio'), _negated=True), ('bottom', None), ('top', None)), _connector='OR'), name='a_ratio_and_only_a_ratio_has_top_and_bottom'), models.CheckConstraint(condition=models.Q(('along_units', 'last'), _negated=True), name='no_measure_takes_the_last_along_units')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='ngày')),
                ('value', models.BigIntegerField(verbose_name='giá trị')),
                ('source_kind', models.CharField(max_length=20, verbose_name='loại nguồn')),
                ('source_id', models.BigIntegerField(verbose_name='mã nguồn')),
                ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người ghi')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.unit', verbose_name='đơn vị')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='ledger.measure', verbose_name='chỉ tiêu')),
            ],
            options={
                'verbose_name': 'bút toán',
                'indexes': [models.Index(fields=['measure', 'unit', 'date'], name='ledger_entr_measure_034b23_idx'), models.Index(fields=['measure', 'date'], name='ledger_entr_measure_7c91ed_idx'), models.Index(fields=['source_kind', 'source_id'], name='ledger_entr_source__2d491b_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('value', 0), _negated=True), name='an_entry_says_something')],
            },
        ),
    ]
