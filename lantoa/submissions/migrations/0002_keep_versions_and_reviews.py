import django.db.models.deletion
from django.db import migrations, models

from lantoa.orgs.together import CreateTogether


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0003_hold_to_claims'),
        ('orgs', '0001_open_the_structure'),
        ('submissions', '0001_send_sheets'),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='Version',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(verbose_name='bản')),
                    ('is_nil', models.BooleanField(default=False, verbose_name='không phát sinh')),
                    ('received_at', models.DateTimeField(verbose_name='nhận lúc')),
                    ('saved_at', models.DateTimeField(blank=True, null=True, verbose_name='lưu trong máy lúc')),
                    ('position', models.BigIntegerField(verbose_name='vị trí sổ cái')),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do điều chỉnh')),
                    ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person')),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='submissions.submission')),
                ],
                options={
                    'verbose_name': 'bản gửi',
                    'constraints': [models.UniqueConstraint(fields=('submission', 'number'), name='a_submission_has_a_version_once')],
                },
            ),
            migrations.CreateModel(
                name='Review',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('decision', models.CharField(choices=[('approved', 'duyệt'), ('returned', 'trả lại kèm câu hỏi'), ('excused', 'miễn trễ do mất mạng')], max_length=8, verbose_name='quyết định')),
                    ('question', models.CharField(blank=True, max_length=300, verbose_name='câu hỏi')),
                    ('position', models.BigIntegerField(verbose_name='vị trí sổ cái đã xem')),
                    ('at', models.DateTimeField(verbose_name='lúc')),
                    ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='hoàn tác lúc')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.unit', verbose_name='đơn vị duyệt')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='submissions.version')),
                ],
                options={
                    'verbose_name': 'lượt xét duyệt',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decision', 'returned'), _negated=True), models.Q(('question', ''), _negated=True), _connector='OR'), name='a_return_asks_something'), models.UniqueConstraint(condition=models.Q(('undone_at', None), models.Q(('decision', 'excused'), _negated=True)), fields=('version',), name='a_version_is_decided_once'), models.UniqueConstraint(condition=models.Q(('decision', 'excused'), ('undone_at', None)), fields=('version',), name='a_version_is_excused_once')],
                },
            ),
            migrations.CreateModel(
                name='VersionValue',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('value', models.BigIntegerField(null=True, verbose_name='số gửi')),
                    ('recorded', models.BigIntegerField(null=True, verbose_name='hồ sơ ghi')),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do khác hồ sơ')),
                    ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='ledger.measure')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='submissions.version')),
                ],
                options={
                    'verbose_name': 'số của bản gửi',
                    'constraints': [models.UniqueConstraint(fields=('version', 'measure'), name='a_version_has_one_value_a_measure')],
                },
            ),
        ]),
    ]
