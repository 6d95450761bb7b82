import django.db.models.deletion
from django.db import migrations, models

from lantoa.orgs.together import CreateTogether


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orgs', '0005_invite_people'),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='StudyTopic',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(unique=True, verbose_name='mã')),
                    ('name_vi', models.CharField(max_length=200, verbose_name='tên')),
                    ('name_en', models.CharField(max_length=200, verbose_name='tên tiếng Anh')),
                    ('is_open', models.BooleanField(default=True, verbose_name='còn dùng')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                ],
                options={
                    'verbose_name': 'nội dung học tập',
                },
            ),
            migrations.CreateModel(
                name='Directive',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('issuer', models.CharField(blank=True, max_length=200, verbose_name='cơ quan ban hành bên ngoài')),
                    ('kind', models.CharField(choices=[('instruction', 'chỉ thị'), ('resolution', 'nghị quyết'), ('conclusion', 'kết luận'), ('decision', 'quyết định'), ('regulation', 'quy định'), ('rules', 'quy chế'), ('guidance', 'hướng dẫn'), ('programme', 'chương trình'), ('plan', 'kế hoạch'), ('scheme', 'đề án'), ('circular', 'thông tri'), ('notice', 'thông báo'), ('report', 'báo cáo'), ('proposal', 'tờ trình'), ('minutes', 'biên bản'), ('letter', 'công văn'), ('law', 'luật'), ('decree', 'nghị định')], max_length=16, verbose_name='loại')),
                    ('style', models.CharField(choices=[('party', 'của Đảng'), ('state', 'của Nhà nước')], max_length=8, verbose_name='thể thức')),
                    ('number', models.PositiveIntegerField(verbose_name='số')),
                    ('symbol', models.CharField(max_length=40, verbose_name='ký hiệu')),
                    ('code', models.CharField(db_index=True, max_length=60, verbose_name='số và ký hiệu')),
                    ('series', models.CharField(max_length=20, verbose_name='số đánh trong')),
                    ('date', models.DateField(db_index=True, verbose_name='ngày ban hành')),
                    ('extract', models.CharField(max_length=500, verbose_name='trích yếu')),
                    ('signer', models.CharField(blank=True, max_length=120, verbose_name='người ký')),
                    ('folded', models.TextField(editable=False, verbose_name='chữ để tìm')),
                    ('file', models.CharField(blank=True, max_length=80, verbose_name='nơi cất')),
                    ('file_name', models.CharField(blank=True, max_length=120, verbose_name='tên tệp')),
                    ('file_size', models.PositiveIntegerField(blank=True, null=True, verbose_name='số byte')),
                    ('file_digest', models.CharField(blank=True, max_length=64, verbose_name='dấu vân tay')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='bản')),
                    ('recorded_at', models.DateTimeField(verbose_name='vào sổ lúc')),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='rút lúc')),
                    ('withdrawn_reason', models.CharField(blank=True, max_length=300, verbose_name='lý do rút')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.line', verbose_name='hệ thống')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người vào sổ')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='directives', to='orgs.unit', verbose_name='đơn vị vào sổ')),
                ],
                options={
                    'verbose_name': 'văn bản chỉ đạo',
                    'indexes': [models.Index(fields=['unit', 'date'], name='plans_direc_unit_id_2d4589_idx')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('issuer', ''), ('withdrawn_at', None)), fields=('unit', 'kind', 'series', 'number'), name='a_unit_numbers_a_kind_of_directive_once_a_series'), models.UniqueConstraint(condition=models.Q(models.Q(('issuer', ''), _negated=True), ('withdrawn_at', None)), fields=('issuer', 'kind', 'series', 'number'), name='an_issuer_outside_numbers_a_kind_once_a_series'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='a_withdrawn_directive_says_why')],
                },
            ),
            migrations.CreateModel(
                name='DirectiveDuty',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.CharField(choices=[('document', 'ban hành văn bản triển khai'), ('plan', 'xây dựng kế hoạch'), ('brief', 'tổ chức quán triệt'), ('report', 'báo cáo kết quả')], max_length=12, verbose_name='việc phải làm')),
                    ('unit_kinds', models.JSONField(default=list, verbose_name='loại đơn vị phải làm')),
                    ('due_date', models.DateField(db_index=True, verbose_name='hạn')),
                    ('directive', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='plans.directive')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.line', verbose_name='hệ thống')),
                ],
                options={
                    'verbose_name': 'việc theo văn bản',
                    'constraints': [models.UniqueConstraint(fields=('directive', 'what', 'line', 'due_date'), name='a_directive_asks_one_thing_of_a_line_by_a_day_once')],
                },
            ),
            migrations.CreateModel(
                name='DirectiveRelation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('continues', 'tiếp tục thực hiện'), ('replaces', 'thay thế'), ('amends', 'sửa đổi, bổ sung'), ('implements', 'triển khai thực hiện')], max_length=12, verbose_name='quan hệ')),
                    ('directive', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='upwards', to='plans.directive')),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='downwards', to='plans.directive')),
                ],
                options={
                    'verbose_name': 'quan hệ giữa hai văn bản',
                    'constraints': [models.UniqueConstraint(fields=('directive', 'other'), name='two_directives_are_related_in_one_way'), models.CheckConstraint(condition=models.Q(('directive', models.F('other')), _negated=True), name='no_directive_is_related_to_itself')],
                },
            ),
            migrations.CreateModel(
                name='Programme',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=300, verbose_name='tên chương trình')),
                    ('start_date', models.DateField(verbose_name='từ ngày')),
                    ('end_date', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                    ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('directive', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='plans.directive', verbose_name='theo văn bản')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người ghi')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.unit', verbose_name='đơn vị chủ trì')),
                ],
                options={
                    'verbose_name': 'chương trình',
                    'constraints': [models.UniqueConstraint(fields=('unit', 'name'), name='a_unit_names_a_programme_once'), models.CheckConstraint(condition=models.Q(('end_date', None), ('end_date__gt', models.F('start_date')), _connector='OR'), name='a_programme_ends_after_it_starts')],
                },
            ),
            migrations.CreateModel(
                name='Movement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('movement', 'phong trào thi đua'), ('campaign', 'cuộc vận động')], max_length=12, verbose_name='loại')),
                    ('name', models.CharField(max_length=300, verbose_name='tên')),
                    ('aim', models.TextField(blank=True, verbose_name='mục đích, tiêu chí')),
                    ('launcher', models.CharField(blank=True, max_length=200, verbose_name='cơ quan phát động bên ngoài')),
                    ('start_date', models.DateField(verbose_name='từ ngày')),
                    ('end_date', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                    ('folded', models.TextField(editable=False, verbose_name='chữ để tìm')),
                    ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('directive', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='plans.directive', verbose_name='theo văn bản')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.line', verbose_name='hệ thống')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người ghi')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='orgs.unit', verbose_name='đơn vị phát động')),
                    ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='plans.programme', verbose_name='thuộc chương trình')),
                ],
                options={
                    'verbose_name': 'phong trào, cuộc vận động',
                    'constraints': [models.UniqueConstraint(fields=('unit', 'name', 'start_date'), name='a_unit_launches_a_movement_once'), models.CheckConstraint(condition=models.Q(('end_date', None), ('end_date__gt', models.F('start_date')), _connector='OR'), name='a_movement_ends_after_it_starts')],
                },
            ),
            migrations.CreateModel(
                name='Joining',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('start_date', models.DateField(verbose_name='từ ngày')),
                    ('end_date', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                    ('left_reason', models.CharField(blank=True, max_length=300, verbose_name='lý do thôi')),
                    ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người ghi')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.unit', verbose_name='đơn vị')),
                    ('movement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joinings', to='plans.movement')),
                ],
                options={
                    'verbose_name': 'tham gia phong trào',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('end_date', None)), fields=('movement', 'unit'), name='a_unit_is_in_a_movement_once'), models.UniqueConstraint(fields=('movement', 'unit', 'start_date'), name='a_unit_joins_a_movement_once_a_day'), models.CheckConstraint(condition=models.Q(('end_date', None), ('end_date__gt', models.F('start_date')), _connector='OR'), name='a_joining_ends_after_it_starts')],
                },
            ),
            migrations.CreateModel(
                name='Milestone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('two_years', 'sơ kết 2 năm'), ('mid_term', 'đánh giá giữa nhiệm kỳ'), ('yearly', 'sơ kết năm'), ('five_years', 'sơ kết 5 năm'), ('final', 'tổng kết')], max_length=12, verbose_name='loại')),
                    ('name', models.CharField(max_length=300, verbose_name='nội dung')),
                    ('date', models.DateField(verbose_name='ngày')),
                    ('directive', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='plans.directive', verbose_name='theo văn bản')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='plans.programme')),
                ],
                options={
                    'verbose_name': 'mốc đánh giá',
                    'constraints': [models.UniqueConstraint(fields=('programme', 'kind', 'date'), name='a_milestone_is_set_once')],
                },
            ),
            migrations.CreateModel(
                name='Term',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('level', models.CharField(choices=[('centre', 'Trung ương'), ('province', 'cấp tỉnh'), ('district', 'cấp trên trực tiếp của cơ sở'), ('base', 'cấp cơ sở')], max_length=8, verbose_name='cấp')),
                    ('ordinal', models.CharField(blank=True, max_length=12, verbose_name='lần thứ')),
                    ('name', models.CharField(max_length=20, verbose_name='nhiệm kỳ')),
                    ('start_date', models.DateField(verbose_name='từ ngày')),
                    ('end_date', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                ],
                options={
                    'verbose_name': 'nhiệm kỳ đại hội',
                    'constraints': [models.UniqueConstraint(fields=('level', 'name'), name='a_term_is_named_once_at_a_level'), models.UniqueConstraint(fields=('level', 'start_date'), name='one_term_begins_on_a_day_at_a_level'), models.CheckConstraint(condition=models.Q(('end_date', None), ('end_date__gt', models.F('start_date')), _connector='OR'), name='a_term_ends_after_it_starts')],
                },
            ),
            migrations.CreateModel(
                name='Objective',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('key_programme', 'chương trình trọng tâm'), ('breakthrough', 'nội dung đột phá'), ('advantage', 'lợi thế chính'), ('bottleneck', 'điểm nghẽn, nút thắt')], max_length=16, verbose_name='loại')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                    ('title', models.CharField(max_length=300, verbose_name='nội dung')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.unit', verbose_name='của đơn vị')),
                    ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='plans.term', verbose_name='nhiệm kỳ')),
                ],
                options={
                    'verbose_name': 'mục tiêu nhiệm kỳ',
                    'constraints': [models.UniqueConstraint(fields=('unit', 'term', 'kind', 'position'), name='an_objective_has_a_place_of_its_own')],
                },
            ),
            migrations.CreateModel(
                name='Theme',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                    ('title', models.CharField(max_length=500, verbose_name='tên đầy đủ')),
                    ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('directive', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='plans.directive', verbose_name='theo văn bản')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='plans.programme')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người ghi')),
                    ('topics', models.ManyToManyField(blank=True, related_name='themes', to='plans.studytopic', verbose_name='nội dung học tập')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.unit', verbose_name='đơn vị ban hành')),
                ],
                options={
                    'verbose_name': 'chuyên đề năm',
                    'constraints': [models.UniqueConstraint(fields=('unit', 'year'), name='a_unit_has_one_theme_a_year'), models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2100)), name='a_theme_is_of_a_year_of_ours')],
                },
            ),
        ]),
    ]
