import django.db.models.deletion
import uuid
from django.db import migrations, models

from lantoa.orgs.together import CreateTogether


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0003_hold_to_claims'),
        ('orgs', '0005_invite_people'),
        ('plans', '0002_keep_plans'),
        ('work', '0005_serve_tasks'),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='Topic',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(unique=True, verbose_name='mã')),
                    ('name_vi', models.CharField(max_length=200, verbose_name='tên')),
                    ('name_en', models.CharField(max_length=200, verbose_name='tên tiếng Anh')),
                    ('is_open', models.BooleanField(default=True, verbose_name='còn dùng')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                ],
                options={
                    'verbose_name': 'chuyên đề kiểm tra',
                },
            ),
            migrations.CreateModel(
                name='ChecklistItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(verbose_name='mã')),
                    ('text_vi', models.CharField(max_length=300, verbose_name='câu hỏi')),
                    ('text_en', models.CharField(max_length=300, verbose_name='câu hỏi tiếng Anh')),
                    ('start_date', models.DateField(verbose_name='từ ngày')),
                    ('end_date', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                    ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='inspections.topic')),
                ],
                options={
                    'verbose_name': 'mục kiểm tra',
                    'constraints': [models.UniqueConstraint(fields=('topic', 'code'), name='a_topic_asks_an_item_once'), models.CheckConstraint(condition=models.Q(('end_date', None), ('end_date__gt', models.F('start_date')), _connector='OR'), name='a_checklist_item_ends_after_it_starts')],
                },
            ),
            migrations.CreateModel(
                name='InspectionPlan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                    ('goal', models.TextField(verbose_name='mục đích, yêu cầu')),
                    ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người ghi')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.unit', verbose_name='đơn vị kiểm tra')),
                ],
                options={
                    'verbose_name': 'kế hoạch kiểm tra',
                    'constraints': [models.UniqueConstraint(fields=('unit', 'year'), name='a_unit_has_one_inspection_plan_a_year')],
                },
            ),
            migrations.CreateModel(
                name='Inspection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('kiem-tra', 'kiểm tra'), ('giam-sat', 'giám sát')], max_length=12, verbose_name='loại')),
                    ('title', models.CharField(max_length=200, verbose_name='tên đợt')),
                    ('start_date', models.DateField(verbose_name='từ ngày')),
                    ('end_date', models.DateField(verbose_name='đến hết ngày')),
                    ('state', models.CharField(choices=[('planned', 'theo kế hoạch'), ('started', 'đang tiến hành'), ('concluded', 'đã kết luận'), ('withdrawn', 'đã rút')], default='planned', max_length=12, verbose_name='tình trạng')),
                    ('started_date', models.DateField(blank=True, null=True, verbose_name='bắt đầu ngày')),
                    ('concluded_date', models.DateField(blank=True, null=True, verbose_name='kết luận ngày')),
                    ('conclusion', models.TextField(blank=True, verbose_name='kết luận')),
                    ('withdrawn_reason', models.CharField(blank=True, max_length=300, verbose_name='lý do rút')),
                    ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.line', verbose_name='hệ thống')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người ghi')),
                    ('subjects', models.ManyToManyField(related_name='inspected_in', to='orgs.unit', verbose_name='đơn vị')),
                    ('team', models.ManyToManyField(related_name='inspects_in', to='orgs.person', verbose_name='đoàn')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.unit', verbose_name='đơn vị kiểm tra')),
                    ('plan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='inspections.inspectionplan')),
                    ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='inspections.topic', verbose_name='chuyên đề')),
                ],
                options={
                    'verbose_name': 'cuộc kiểm tra, giám sát',
                    'indexes': [models.Index(fields=['unit', 'start_date'], name='inspections_unit_id_a00e9c_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('end_date__gte', models.F('start_date'))), name='an_inspection_ends_on_or_after_its_start'), models.CheckConstraint(condition=models.Q(('concluded_date', None), ('concluded_date__gte', models.F('started_date')), _connector='OR'), name='an_inspection_is_concluded_after_its_start')],
                },
            ),
            migrations.CreateModel(
                name='Finding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.CharField(max_length=300, verbose_name='điều phát hiện')),
                    ('recommendation', models.CharField(max_length=300, verbose_name='việc phải sửa')),
                    ('owner_role', models.CharField(blank=True, choices=[('recorder', 'người ghi'), ('reviewer', 'người duyệt'), ('approver', 'người phê duyệt'), ('leader', 'lãnh đạo'), ('board', 'hội đồng thi đua – khen thưởng'), ('inspector', 'đoàn kiểm tra, giám sát'), ('answerer', 'cán bộ trả lời dân'), ('editor', 'biên tập viên'), ('administrator', 'quản trị')], max_length=16, verbose_name='chức vụ chịu trách nhiệm')),
                    ('due_date', models.DateField(verbose_name='hạn')),
                    ('state', models.CharField(choices=[('open', 'chưa khắc phục'), ('fixed', 'chờ kiểm lại'), ('closed', 'đã xác nhận')], default='open', max_length=8, verbose_name='tình trạng')),
                    ('closed_date', models.DateField(blank=True, null=True, verbose_name='xác nhận ngày')),
                    ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='inspections.checklistitem')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='to_mend', to='orgs.unit', verbose_name='đơn vị phải sửa')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person')),
                    ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='plans.task', verbose_name='nhiệm vụ')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='orgs.unit', verbose_name='đơn vị được kiểm tra')),
                    ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='inspections.inspection')),
                ],
                options={
                    'verbose_name': 'việc phải sửa',
                    'indexes': [models.Index(fields=['owner', 'state', 'due_date'], name='inspections_owner_i_15f0de_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_date__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_date', None)), _connector='OR'), name='a_closed_finding_and_no_other_has_its_day')],
                },
            ),
            migrations.CreateModel(
                name='Fix',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.CharField(max_length=500, verbose_name='đã làm gì')),
                    ('at', models.DateTimeField(verbose_name='lúc')),
                    ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='work.activity', verbose_name='việc đã ghi')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người khắc phục')),
                    ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fixes', to='inspections.finding')),
                ],
                options={
                    'verbose_name': 'lần khắc phục',
                },
            ),
            migrations.CreateModel(
                name='FixFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='mã')),
                    ('name', models.CharField(max_length=120, verbose_name='tên tệp')),
                    ('file', models.CharField(max_length=80, verbose_name='nơi cất')),
                    ('is_photo', models.BooleanField(verbose_name='là ảnh')),
                    ('digest', models.CharField(max_length=64, verbose_name='dấu vân tay')),
                    ('fix', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='inspections.fix')),
                ],
                options={
                    'verbose_name': 'minh chứng khắc phục',
                },
            ),
            migrations.CreateModel(
                name='ChecklistAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('result', models.CharField(choices=[('met', 'đạt'), ('unmet', 'chưa đạt'), ('unseen', 'chưa xem')], max_length=8, verbose_name='kết quả')),
                    ('note', models.CharField(blank=True, max_length=500, verbose_name='ghi chú')),
                    ('answered_at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.unit')),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='inspections.checklistitem')),
                    ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='inspections.inspection')),
                ],
                options={
                    'verbose_name': 'trả lời mục kiểm tra',
                    'constraints': [models.UniqueConstraint(fields=('inspection', 'unit', 'item'), name='an_item_is_answered_once_a_unit')],
                },
            ),
            migrations.CreateModel(
                name='Recheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_mended', models.BooleanField(verbose_name='đã khắc phục')),
                    ('note', models.CharField(blank=True, max_length=500, verbose_name='nhận xét')),
                    ('at', models.DateTimeField(verbose_name='lúc')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người kiểm lại')),
                    ('fix', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='recheck', to='inspections.fix')),
                ],
                options={
                    'verbose_name': 'lần kiểm lại',
                },
            ),
            migrations.CreateModel(
                name='Verification',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('start_date', models.DateField(verbose_name='từ ngày')),
                    ('end_date', models.DateField(verbose_name='đến trước ngày')),
                    ('seed', models.CharField(max_length=40, verbose_name='hạt giống')),
                    ('records', models.PositiveIntegerField(verbose_name='số hồ sơ')),
                    ('drawn_at', models.DateTimeField(verbose_name='rút mẫu lúc')),
                    ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='xong lúc')),
                    ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người rút mẫu')),
                    ('kind', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='work.activitykind', verbose_name='hình thức')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.line', verbose_name='hệ thống')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'lần đối chiếu',
                    'indexes': [models.Index(fields=['unit', 'start_date'], name='inspections_unit_id_df6085_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('end_date__gt', models.F('start_date'))), name='a_verification_ends_after_it_starts')],
                },
            ),
            migrations.CreateModel(
                name='SampledRecord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.PositiveIntegerField(verbose_name='thứ tự')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='nguồn đối chiếu')),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='work.activity')),
                    ('verification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sample', to='inspections.verification')),
                ],
                options={
                    'verbose_name': 'hồ sơ được rút',
                    'constraints': [models.UniqueConstraint(fields=('verification', 'activity'), name='a_record_is_drawn_once')],
                },
            ),
            migrations.CreateModel(
                name='SampledValue',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reported', models.BigIntegerField(verbose_name='đã báo cáo')),
                    ('found', models.BigIntegerField(blank=True, null=True, verbose_name='thấy được')),
                    ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='ledger.measure')),
                    ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='inspections.sampledrecord')),
                ],
                options={
                    'verbose_name': 'số được đối chiếu',
                    'constraints': [models.UniqueConstraint(fields=('record', 'measure'), name='a_sampled_record_has_one_value_a_measure'), models.CheckConstraint(condition=models.Q(('found', None), ('found__gte', 0), _connector='OR'), name='what_is_found_is_not_negative')],
                },
            ),
            migrations.CreateModel(
                name='VerifiedMeasure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('records', models.PositiveIntegerField(verbose_name='số hồ sơ')),
                    ('reported', models.BigIntegerField(verbose_name='đã báo cáo')),
                    ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='ledger.measure')),
                    ('verification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='inspections.verification')),
                ],
                options={
                    'verbose_name': 'chỉ tiêu được đối chiếu',
                    'constraints': [models.UniqueConstraint(fields=('verification', 'measure'), name='a_verification_counts_a_measure_once')],
                },
            ),
        ]),
    ]
