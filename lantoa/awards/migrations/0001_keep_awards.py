import django.db.models.deletion
from django.db import migrations, models

from lantoa.orgs.together import CreateTogether


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orgs', '0005_invite_people'),
        ('plans', '0002_keep_plans'),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='Council',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200, verbose_name='tên')),
                    ('start_date', models.DateField(verbose_name='từ ngày')),
                    ('end_date', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='councils', to='orgs.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'hội đồng',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('end_date', None)), fields=('unit',), name='a_unit_has_one_council_at_a_time')],
                },
            ),
            migrations.CreateModel(
                name='Ballot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('members', models.PositiveSmallIntegerField(verbose_name='số thành viên')),
                    ('opened_at', models.DateTimeField(verbose_name='mở lúc')),
                    ('closes_at', models.DateTimeField(verbose_name='hạn bỏ phiếu')),
                    ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='kiểm phiếu lúc')),
                    ('salt', models.BinaryField(verbose_name='nửa chìa khóa')),
                    ('box', models.BinaryField(verbose_name='hòm phiếu')),
                    ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='awards.council')),
                ],
                options={
                    'verbose_name': 'cuộc bỏ phiếu',
                    'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opened_at'))), name='a_ballot_closes_after_it_opened')],
                },
            ),
            migrations.CreateModel(
                name='Decision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(verbose_name='số')),
                    ('date', models.DateField(verbose_name='ngày')),
                    ('series_date', models.DateField(verbose_name='đánh số từ ngày')),
                    ('form', models.CharField(choices=[('giay-khen', 'Giấy khen'), ('bang-khen', 'Bằng khen'), ('bang-khen-thu-tuong', 'Bằng khen của Thủ tướng Chính phủ')], max_length=20, verbose_name='hình thức khen')),
                    ('achievement', models.CharField(max_length=300, verbose_name='thành tích')),
                    ('bases', models.JSONField(default=list, verbose_name='căn cứ')),
                    ('signer_post', models.CharField(max_length=120, verbose_name='chức vụ người ký')),
                    ('signer_name', models.CharField(blank=True, max_length=120, verbose_name='người ký')),
                    ('issued_at', models.DateTimeField(verbose_name='ban hành lúc')),
                    ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='người ban hành')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='orgs.unit', verbose_name='cấp khen')),
                ],
                options={
                    'verbose_name': 'quyết định khen thưởng',
                    'constraints': [models.UniqueConstraint(fields=('unit', 'series_date', 'number'), name='a_unit_gives_a_number_once_a_year_or_term')],
                },
            ),
            migrations.CreateModel(
                name='Nomination',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('level', models.CharField(choices=[('province', 'cấp tỉnh'), ('district', 'cấp huyện'), ('commune', 'cấp xã và tương đương')], max_length=8, verbose_name='cấp khen')),
                    ('kind', models.CharField(choices=[('collective', 'tập thể'), ('individual', 'cá nhân')], max_length=10, verbose_name='tập thể hay cá nhân')),
                    ('form', models.CharField(choices=[('giay-khen', 'Giấy khen'), ('bang-khen', 'Bằng khen'), ('bang-khen-thu-tuong', 'Bằng khen của Thủ tướng Chính phủ')], max_length=20, verbose_name='hình thức khen')),
                    ('name', models.CharField(blank=True, max_length=120, verbose_name='họ tên')),
                    ('post', models.CharField(blank=True, max_length=120, verbose_name='chức vụ, nghề nghiệp')),
                    ('is_direct_worker', models.BooleanField(blank=True, null=True, verbose_name='trực tiếp lao động')),
                    ('achievement', models.CharField(max_length=300, verbose_name='thành tích')),
                    ('conditions', models.JSONField(default=list, verbose_name='điều kiện đã đủ')),
                    ('consent_date', models.DateField(blank=True, null=True, verbose_name='ngày đồng ý công khai')),
                    ('state', models.CharField(choices=[('draft', 'đang soạn'), ('sent', 'chờ thẩm định'), ('incomplete', 'cần bổ sung'), ('appraised', 'đã thẩm định'), ('voting', 'đang bỏ phiếu'), ('passed', 'hội đồng đồng ý'), ('decided', 'đã khen'), ('refused', 'không khen'), ('withdrawn', 'đã rút')], default='draft', max_length=10, verbose_name='tình trạng')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='bản')),
                    ('remark', models.CharField(blank=True, max_length=300, verbose_name='lời nhắn')),
                    ('again_reason', models.CharField(blank=True, max_length=300, verbose_name='lý do khen lại')),
                    ('called', models.CharField(max_length=400, verbose_name='tên ghi trong quyết định')),
                    ('folded', models.TextField(editable=False, verbose_name='chữ để tìm')),
                    ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('sent_date', models.DateField(blank=True, null=True, verbose_name='ngày gửi')),
                    ('noticed_date', models.DateField(blank=True, null=True, verbose_name='ngày công khai')),
                    ('again_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='người cho phép')),
                    ('decider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='cấp quyết định')),
                    ('movement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='plans.movement', verbose_name='trong phong trào')),
                    ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='đơn vị được khen, hoặc của cá nhân')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='người ghi')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='orgs.unit', verbose_name='đơn vị đề nghị')),
                ],
                options={
                    'verbose_name': 'đề nghị khen',
                    'indexes': [models.Index(fields=['decider', 'state'], name='awards_nomi_decider_2b9291_idx'), models.Index(fields=['unit', 'state'], name='awards_nomi_unit_id_8bb2eb_idx'), models.Index(fields=['recipient', 'kind'], name='awards_nomi_recipie_b9d7f3_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('is_direct_worker', None), ('kind', 'collective'), ('name', ''), ('post', '')), models.Q(('is_direct_worker__isnull', False), ('kind', 'individual'), models.Q(('name', ''), _negated=True)), _connector='OR'), name='an_individual_has_a_name_and_a_collective_has_none'), models.CheckConstraint(condition=models.Q(models.Q(('again_by', None), ('again_reason', '')), models.Q(models.Q(('again_reason', ''), _negated=True), ('again_by__isnull', False)), _connector='OR'), name='an_award_again_has_a_reason_and_a_name_under_it')],
                },
            ),
            migrations.CreateModel(
                name='Merit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source_kind', models.CharField(max_length=20, verbose_name='loại hồ sơ')),
                    ('source_id', models.BigIntegerField(verbose_name='mã hồ sơ')),
                    ('nomination', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merits', to='awards.nomination')),
                ],
                options={
                    'verbose_name': 'hồ sơ thành tích',
                    'indexes': [models.Index(fields=['source_kind', 'source_id'], name='awards_meri_source__5285ce_idx')],
                    'constraints': [models.UniqueConstraint(fields=('nomination', 'source_kind', 'source_id'), name='a_nomination_points_at_a_record_once')],
                },
            ),
            migrations.CreateModel(
                name='DossierPaper',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('to-trinh', 'tờ trình kèm danh sách'), ('bao-cao', 'báo cáo thành tích'), ('bien-ban', 'biên bản xét')], max_length=8, verbose_name='loại giấy tờ')),
                    ('date', models.DateField(verbose_name='ngày')),
                    ('said', models.JSONField(verbose_name='nội dung')),
                    ('made_at', models.DateTimeField(verbose_name='lập lúc')),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='xác nhận lúc')),
                    ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='người xác nhận')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='người lập')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.unit', verbose_name='đơn vị lập')),
                    ('nominations', models.ManyToManyField(related_name='papers', to='awards.nomination', verbose_name='các đề nghị')),
                ],
                options={
                    'verbose_name': 'giấy tờ của hồ sơ',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('kind', 'bao-cao')), _connector='OR'), name='only_a_report_is_confirmed_by_somebody_at_some_time')],
                },
            ),
            migrations.CreateModel(
                name='Award',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveIntegerField(verbose_name='số thứ tự')),
                    ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='công khai lúc')),
                    ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='thu hồi lúc')),
                    ('revoked_reason', models.CharField(blank=True, max_length=300, verbose_name='lý do thu hồi')),
                    ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='người thu hồi')),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='awards.decision')),
                    ('nomination', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='award', to='awards.nomination')),
                ],
                options={
                    'verbose_name': 'khen thưởng',
                    'constraints': [models.UniqueConstraint(fields=('decision', 'position'), name='a_decision_lists_each_place_once'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', None), ('revoked_reason', '')), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False), models.Q(('revoked_reason', ''), _negated=True)), _connector='OR'), name='a_revocation_says_when_who_and_why')],
                },
            ),
            migrations.CreateModel(
                name='Question',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                    ('yes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='đồng ý')),
                    ('no', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='không đồng ý')),
                    ('has_passed', models.BooleanField(blank=True, null=True, verbose_name='đủ phiếu')),
                    ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='awards.ballot')),
                    ('nomination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='awards.nomination')),
                ],
                options={
                    'verbose_name': 'nội dung bỏ phiếu',
                    'constraints': [models.UniqueConstraint(fields=('ballot', 'nomination'), name='a_ballot_asks_about_a_nomination_once'), models.UniqueConstraint(fields=('ballot', 'position'), name='a_ballot_asks_one_thing_at_a_time')],
                },
            ),
            migrations.CreateModel(
                name='Seat',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=120, verbose_name='tư cách')),
                    ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='awards.council')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='orgs.person', verbose_name='thành viên')),
                ],
                options={
                    'verbose_name': 'ghế trong hội đồng',
                    'constraints': [models.UniqueConstraint(fields=('council', 'person'), name='a_person_sits_in_a_council_once')],
                },
            ),
            migrations.CreateModel(
                name='Turnout',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('excluded', models.JSONField(default=list, verbose_name='không bỏ phiếu về')),
                    ('has_voted', models.BooleanField(default=False, verbose_name='đã bỏ phiếu')),
                    ('stub', models.CharField(blank=True, max_length=64, verbose_name='cuống phiếu')),
                    ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turnout', to='awards.ballot')),
                    ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='awards.seat')),
                ],
                options={
                    'verbose_name': 'lượt bỏ phiếu',
                    'constraints': [models.UniqueConstraint(fields=('ballot', 'seat'), name='a_member_votes_in_a_ballot_once')],
                },
            ),
        ]),
    ]
