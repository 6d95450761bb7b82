import django.db.models.deletion
from django.db import migrations, models

from lantoa.orgs.together import CreateTogether


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orgs', '0005_invite_people'),
        ('plans', '0003_count_edits'),
        ('work', '0005_serve_tasks'),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='Practice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('mo-hinh', 'mô hình'), ('phan-viec', 'phần việc'), ('cach-lam', 'cách làm')], max_length=12, verbose_name='loại')),
                    ('field', models.CharField(choices=[('kinh-te', 'kinh tế'), ('van-hoa-xa-hoi', 'văn hoá - xã hội'), ('quoc-phong-an-ninh', 'quốc phòng - an ninh'), ('he-thong-chinh-tri', 'xây dựng hệ thống chính trị')], max_length=20, verbose_name='lĩnh vực')),
                    ('holder', models.CharField(choices=[('tap-the', 'tập thể'), ('ca-nhan', 'cá nhân')], default='tap-the', max_length=8, verbose_name='của')),
                    ('title', models.CharField(max_length=200, verbose_name='tên mô hình')),
                    ('summary', models.CharField(max_length=600, verbose_name='tóm tắt')),
                    ('steps', models.JSONField(default=list, verbose_name='cách làm')),
                    ('cost', models.BigIntegerField(blank=True, null=True, verbose_name='chi phí ban đầu (đồng)')),
                    ('needs', models.CharField(blank=True, max_length=300, verbose_name='cần những ai')),
                    ('contact_role', models.CharField(choices=[('recorder', 'người ghi'), ('reviewer', 'người duyệt'), ('approver', 'người phê duyệt'), ('leader', 'lãnh đạo'), ('board', 'hội đồng thi đua – khen thưởng'), ('inspector', 'đoàn kiểm tra, giám sát'), ('answerer', 'cán bộ trả lời dân'), ('editor', 'biên tập viên'), ('administrator', 'quản trị')], max_length=16, verbose_name='hỏi chức vụ')),
                    ('state', models.CharField(choices=[('proposed', 'đề xuất'), ('registered', 'đã đăng ký'), ('appraised', 'đã thẩm định'), ('recognised', 'được công nhận'), ('replicated', 'đã nhân rộng'), ('kept', 'đang duy trì'), ('stopped', 'đã dừng')], default='proposed', max_length=12, verbose_name='trạng thái')),
                    ('registered_date', models.DateField(blank=True, null=True, verbose_name='ngày đăng ký')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='bản')),
                    ('folded', models.TextField(default='', verbose_name='chữ để tìm')),
                    ('sketch', models.BinaryField(default=bytes, verbose_name='dấu chữ')),
                    ('contact_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='hỏi ở đơn vị')),
                    ('movement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='practices', to='plans.movement', verbose_name='thuộc phong trào')),
                    ('objectives', models.ManyToManyField(blank=True, related_name='practices', to='plans.objective', verbose_name='mục tiêu nhiệm kỳ')),
                    ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='practices', to='plans.task', verbose_name='thuộc nhiệm vụ')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.unit', verbose_name='đơn vị khởi đầu')),
                ],
                options={
                    'verbose_name': 'mô hình, phần việc, cách làm',
                    'indexes': [models.Index(fields=['state', 'field'], name='practices_p_state_4b1f52_idx'), models.Index(fields=['registered_date'], name='practices_p_registe_613f85_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'stopped']), ('registered_date__isnull', False), _connector='OR'), name='a_practice_has_a_day_of_registration'), models.CheckConstraint(condition=models.Q(('cost', None), ('cost__gte', 0), _connector='OR'), name='a_practice_costs_nothing_or_something')],
                },
            ),
            migrations.CreateModel(
                name='Adoption',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('asked', 'chờ xác nhận'), ('confirmed', 'đang làm theo'), ('declined', 'không làm theo'), ('ended', 'đã dừng')], default='asked', max_length=12, verbose_name='trạng thái')),
                    ('start_date', models.DateField(blank=True, null=True, verbose_name='từ ngày')),
                    ('end_date', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do dừng')),
                    ('asked_at', models.DateTimeField(verbose_name='đăng ký lúc')),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='xác nhận lúc')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='bản')),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='người đăng ký')),
                    ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='người xác nhận')),
                    ('learned_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taught', to='practices.adoption', verbose_name='học từ')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.unit', verbose_name='đơn vị làm theo')),
                    ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='practices.practice')),
                ],
                options={
                    'verbose_name': 'lượt làm theo',
                    'indexes': [models.Index(fields=['unit', 'state'], name='practices_a_unit_id_b7a4a4_idx')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('learned_from', None)), fields=('practice',), name='a_practice_has_one_origin'), models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'confirmed'])), fields=('practice', 'unit'), name='a_unit_takes_up_a_practice_once_at_a_time'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'declined']), models.Q(('confirmed_at__isnull', False), ('start_date__isnull', False)), _connector='OR'), name='what_is_confirmed_has_started'), models.CheckConstraint(condition=models.Q(('end_date', None), ('end_date__gte', models.F('start_date')), _connector='OR'), name='an_adoption_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['ended', 'declined']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='what_ended_has_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='PracticeEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('proposed', 'đề xuất'), ('registered', 'đã đăng ký'), ('appraised', 'đã thẩm định'), ('recognised', 'được công nhận'), ('replicated', 'đã nhân rộng'), ('kept', 'đang duy trì'), ('stopped', 'đã dừng')], max_length=12, verbose_name='trạng thái')),
                    ('date', models.DateField(verbose_name='ngày')),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do, căn cứ')),
                    ('at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người ghi')),
                    ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='practices.practice')),
                ],
                options={
                    'verbose_name': 'diễn biến của mô hình',
                    'constraints': [models.UniqueConstraint(fields=('practice', 'state'), name='a_practice_becomes_each_state_once')],
                },
            ),
            migrations.CreateModel(
                name='Sign',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(verbose_name='nêu lúc')),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signs', to='work.activity')),
                    ('adoption', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signs', to='practices.adoption')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người nêu')),
                ],
                options={
                    'verbose_name': 'dấu hiệu',
                    'constraints': [models.UniqueConstraint(fields=('adoption', 'activity'), name='a_record_is_shown_once_for_an_adoption')],
                },
            ),
            migrations.CreateModel(
                name='AdoptionResult',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('date', models.DateField(verbose_name='ngày')),
                    ('participants', models.BigIntegerField(blank=True, null=True, verbose_name='người tham gia')),
                    ('saved', models.BigIntegerField(blank=True, null=True, verbose_name='tiền tiết kiệm được (đồng)')),
                    ('told', models.CharField(blank=True, max_length=300, verbose_name='kết quả')),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do sửa')),
                    ('at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('adoption', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='practices.adoption')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người ghi')),
                ],
                options={
                    'verbose_name': 'kết quả làm theo',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('participants', None), ('participants__gte', 0), _connector='OR'), models.Q(('saved', None), ('saved__gte', 0), _connector='OR')), name='a_result_is_not_negative')],
                },
            ),
        ]),
    ]
