import django.db.models.deletion
from django.db import migrations, models

from lantoa.orgs.together import CreateTogether


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0003_hold_to_claims'),
        ('orgs', '0005_invite_people'),
        ('plans', '0001_open_the_programme'),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='Plan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                    ('study', models.TextField(blank=True, verbose_name='phần học tập')),
                    ('follow', models.TextField(blank=True, verbose_name='phần làm theo')),
                    ('state', models.CharField(choices=[('draft', 'đang soạn'), ('sent', 'chờ duyệt'), ('returned', 'bị trả lại'), ('approved', 'đã duyệt')], default='draft', max_length=8, verbose_name='tình trạng')),
                    ('version', models.PositiveIntegerField(default=0, verbose_name='bản')),
                    ('approved_version', models.PositiveIntegerField(blank=True, null=True, verbose_name='bản đã duyệt')),
                    ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='gửi lúc')),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do điều chỉnh')),
                    ('recorded_at', models.DateTimeField(verbose_name='lập lúc')),
                    ('directives', models.ManyToManyField(blank=True, related_name='plans', to='plans.directive', verbose_name='thực hiện văn bản')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.line', verbose_name='hệ thống')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='người lập')),
                    ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người gửi')),
                    ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='plans.theme', verbose_name='chuyên đề')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='orgs.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'kế hoạch năm',
                    'indexes': [models.Index(fields=['state', 'line'], name='plans_plan_state_98fa73_idx')],
                    'constraints': [models.UniqueConstraint(fields=('unit', 'year'), name='a_unit_has_one_plan_a_year'), models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2100)), name='a_plan_is_of_a_year_of_ours'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at', None), ('sent_by', None), ('state', 'draft'), ('version', 0)), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False), ('version__gt', 0)), _connector='OR'), name='a_sent_plan_has_a_version_a_sender_and_a_moment'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), ('approved_version', models.F('version')), _connector='OR'), name='an_approved_plan_is_its_newest_version')],
                },
            ),
            migrations.CreateModel(
                name='PlanVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(verbose_name='bản')),
                    ('told', models.JSONField(verbose_name='nội dung')),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do điều chỉnh')),
                    ('sent_at', models.DateTimeField(verbose_name='gửi lúc')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='plans.plan')),
                    ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người gửi')),
                ],
                options={
                    'verbose_name': 'bản kế hoạch',
                    'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='a_plan_has_a_version_once')],
                },
            ),
            migrations.CreateModel(
                name='PlanReview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('decision', models.CharField(choices=[('approved', 'duyệt'), ('returned', 'trả lại kèm câu hỏi')], max_length=8, verbose_name='quyết định')),
                    ('question', models.CharField(blank=True, max_length=300, verbose_name='câu hỏi')),
                    ('at', models.DateTimeField(verbose_name='lúc')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người duyệt')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.unit', verbose_name='đơn vị duyệt')),
                    ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='plans.planversion')),
                ],
                options={
                    'verbose_name': 'lượt duyệt kế hoạch',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decision', 'returned'), _negated=True), models.Q(('question', ''), _negated=True), _connector='OR'), name='a_returned_plan_is_asked_about')],
                },
            ),
            migrations.CreateModel(
                name='Task',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('focus', 'nhiệm vụ trọng tâm'), ('breakthrough', 'giải pháp đột phá'), ('pressing', 'vấn đề nổi cộm, bức xúc')], max_length=12, verbose_name='loại')),
                    ('who', models.CharField(blank=True, max_length=300, verbose_name='ai làm')),
                    ('responsibility', models.CharField(blank=True, max_length=300, verbose_name='ai chịu trách nhiệm')),
                    ('content', models.CharField(blank=True, max_length=500, verbose_name='làm việc gì')),
                    ('method', models.CharField(blank=True, max_length=1000, verbose_name='làm thế nào')),
                    ('start_date', models.DateField(blank=True, null=True, verbose_name='bắt đầu')),
                    ('due_date', models.DateField(blank=True, db_index=True, null=True, verbose_name='hạn xong')),
                    ('product', models.CharField(blank=True, max_length=300, verbose_name='sản phẩm')),
                    ('target_number', models.BigIntegerField(blank=True, null=True, verbose_name='số phải đạt')),
                    ('target_unit', models.CharField(blank=True, max_length=60, verbose_name='đơn vị tính')),
                    ('owner_role', models.CharField(blank=True, choices=[('recorder', 'người ghi'), ('reviewer', 'người duyệt'), ('approver', 'người phê duyệt'), ('leader', 'lãnh đạo'), ('board', 'hội đồng thi đua – khen thưởng'), ('inspector', 'đoàn kiểm tra, giám sát'), ('answerer', 'cán bộ trả lời dân'), ('editor', 'biên tập viên'), ('administrator', 'quản trị')], max_length=16, verbose_name='chức vụ giải quyết')),
                    ('said_in', models.PositiveIntegerField(blank=True, null=True, verbose_name='gửi lần đầu ở bản')),
                    ('outcome', models.CharField(blank=True, max_length=500, verbose_name='kết quả')),
                    ('reached', models.BigIntegerField(blank=True, null=True, verbose_name='số đã đạt')),
                    ('reported_at', models.DateTimeField(blank=True, null=True, verbose_name='báo xong lúc')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='lần sửa')),
                    ('folded', models.TextField(editable=False, verbose_name='chữ để tìm')),
                    ('carried_from', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='plans.task', verbose_name='chuyển từ năm trước')),
                    ('movement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='plans.movement', verbose_name='phong trào')),
                    ('objectives', models.ManyToManyField(blank=True, related_name='tasks', to='plans.objective', verbose_name='mục tiêu nhiệm kỳ')),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='orgs.unit', verbose_name='đơn vị giải quyết')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='plans.plan', verbose_name='kế hoạch')),
                    ('reported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='người báo xong')),
                    ('target_measure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='ledger.measure', verbose_name='chỉ tiêu đo')),
                ],
                options={
                    'verbose_name': 'nhiệm vụ',
                    'indexes': [models.Index(fields=['plan', 'kind'], name='plans_task_plan_id_34b7f3_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('due_date', None), ('start_date', None), ('due_date__gte', models.F('start_date')), _connector='OR'), name='a_task_is_not_due_before_it_starts'), models.CheckConstraint(condition=models.Q(('target_number', None), ('target_number__gt', 0), _connector='OR'), name='a_target_is_more_than_nothing'), models.CheckConstraint(condition=models.Q(('reached', None), ('reached__gte', 0), _connector='OR'), name='what_was_reached_is_a_count'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'pressing'), _negated=True), ('owner__isnull', False), _connector='OR'), name='a_pressing_issue_has_an_owner'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('reached', None), ('reported_at', None), ('reported_by', None)), models.Q(('reported_at__isnull', False), ('reported_by__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='a_reported_task_says_by_whom_and_with_what')],
                },
            ),
            migrations.CreateModel(
                name='TaskExtension',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('was', models.DateField(verbose_name='hạn trước')),
                    ('due_date', models.DateField(verbose_name='hạn mới')),
                    ('reason', models.CharField(max_length=300, verbose_name='lý do')),
                    ('at', models.DateTimeField(verbose_name='lúc')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người gia hạn')),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='plans.task')),
                ],
                options={
                    'verbose_name': 'gia hạn',
                    'constraints': [models.UniqueConstraint(fields=('task', 'was'), name='a_date_of_a_task_is_put_off_once'), models.CheckConstraint(condition=models.Q(('due_date__gt', models.F('was'))), name='an_extension_is_to_a_later_day'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='an_extension_says_why')],
                },
            ),
        ]),
    ]
