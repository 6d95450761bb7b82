import django.db.models.deletion
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
                name='Sheet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(unique=True, verbose_name='mã')),
                    ('name_vi', models.CharField(max_length=200, verbose_name='tên')),
                    ('name_en', models.CharField(max_length=200, verbose_name='tên tiếng Anh')),
                    ('unit_kinds', models.JSONField(default=list, verbose_name='loại đơn vị phải gửi')),
                    ('period_rule', models.CharField(choices=[('calendar', 'theo lịch'), ('nd09', 'ngày 15 đến ngày 14 (Nghị định 09/2019)')], max_length=8, verbose_name='cách chốt kỳ')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.line', verbose_name='hệ thống')),
                    ('measures', models.ManyToManyField(to='ledger.measure', verbose_name='chỉ tiêu')),
                    ('days', models.JSONField(default=dict, verbose_name='số ngày làm việc để gửi, theo loại đơn vị')),
                    ('frequency', models.CharField(choices=[('month', 'hằng tháng'), ('quarter', 'hằng quý'), ('half', '6 tháng một lần'), ('year', 'hằng năm')], default='year', max_length=8, verbose_name='bao lâu một lần')),
                    ('start_date', models.DateField(blank=True, null=True, verbose_name='bắt đầu từ kỳ có ngày')),
                ],
                options={
                    'verbose_name': 'biểu',
                },
            ),
            migrations.CreateModel(
                name='Submission',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('period', models.CharField(max_length=16, verbose_name='kỳ')),
                    ('is_nil', models.BooleanField(default=False, verbose_name='không phát sinh')),
                    ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='gửi lúc')),
                    ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='orgs.person')),
                    ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='submissions.sheet')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.unit')),
                    ('approved_version', models.PositiveIntegerField(blank=True, null=True, verbose_name='bản đã duyệt')),
                    ('draft', models.JSONField(blank=True, null=True, verbose_name='phần đang soạn')),
                    ('drafted_at', models.DateTimeField(blank=True, null=True, verbose_name='lưu nháp lúc')),
                    ('state', models.CharField(choices=[('draft', 'nháp'), ('sent', 'chờ duyệt'), ('returned', 'bị trả lại'), ('approved', 'đã duyệt')], default='draft', max_length=8, verbose_name='tình trạng')),
                    ('version', models.PositiveIntegerField(default=0, verbose_name='bản')),
                ],
                options={
                    'verbose_name': 'lần nộp',
                    'constraints': [models.UniqueConstraint(fields=('sheet', 'unit', 'period'), name='a_unit_answers_a_sheet_once_a_period'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at', None), ('sent_by', None), ('state', 'draft'), ('version', 0)), models.Q(models.Q(('state', 'draft'), _negated=True), ('sent_at__isnull', False), ('sent_by__isnull', False), ('version__gt', 0)), _connector='OR'), name='what_was_sent_has_a_version_a_sender_and_a_moment'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), ('approved_version', models.F('version')), _connector='OR'), name='what_is_approved_is_the_newest_version')],
                    'indexes': [models.Index(fields=['state', 'sheet'], name='submissions_state_13caa4_idx')],
                },
            ),
            migrations.CreateModel(
                name='Statement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('date', models.DateField(verbose_name='ngày tính')),
                    ('total', models.BigIntegerField(verbose_name='tổng khai')),
                    ('reason', models.CharField(max_length=300, verbose_name='lý do')),
                    ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='ledger.measure')),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='submissions.submission')),
                ],
                options={
                    'verbose_name': 'số tự khai',
                    'constraints': [models.UniqueConstraint(fields=('submission', 'measure'), name='a_submission_states_a_measure_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_statement_says_why')],
                },
            ),
        ]),
    ]
