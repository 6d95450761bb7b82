import django.db.models.deletion
import lantoa.enquiries.sealing
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
                name='Asker',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('zalo', 'Zalo'), ('phone', 'điện thoại')], max_length=8, verbose_name='kênh')),
                    ('digest', models.CharField(max_length=64, unique=True, verbose_name='dấu')),
                    ('address', lantoa.enquiries.sealing.SealedField(verbose_name='địa chỉ trong kênh')),
                    ('last_seen_at', models.DateTimeField(blank=True, null=True, verbose_name='nhắn lần cuối')),
                    ('has_left', models.BooleanField(default=False, verbose_name='đã bỏ quan tâm')),
                ],
                options={
                    'verbose_name': 'người hỏi',
                },
            ),
            migrations.CreateModel(
                name='Enquiry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=16, unique=True, verbose_name='mã')),
                    ('key_digest', models.CharField(max_length=64, verbose_name='dấu của khóa')),
                    ('channel', models.CharField(choices=[('web', 'trang web'), ('zalo', 'Zalo')], max_length=8, verbose_name='kênh')),
                    ('way', models.CharField(choices=[('web', 'chỉ xem trên web'), ('phone', 'gọi điện thoại'), ('zalo', 'Zalo')], max_length=8, verbose_name='cách nhận trả lời')),
                    ('topic', models.CharField(choices=[('an-ninh', 'an ninh, trật tự'), ('thu-tuc', 'thủ tục hành chính'), ('khac', 'việc khác')], max_length=8, verbose_name='lĩnh vực')),
                    ('state', models.CharField(choices=[('received', 'đã nhận'), ('working', 'đang xử lý'), ('waiting', 'chờ người hỏi bổ sung'), ('answered', 'đã trả lời'), ('closed', 'kết thúc, không trả lời')], default='received', max_length=8, verbose_name='tình trạng')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='bản')),
                    ('is_private', models.BooleanField(default=False, verbose_name='không công khai')),
                    ('is_foreign', models.BooleanField(default=False, verbose_name='có vẻ không phải tiếng Việt')),
                    ('received_at', models.DateTimeField(verbose_name='nhận lúc')),
                    ('due_at', models.DateTimeField(verbose_name='hạn trả lời')),
                    ('waiting_since', models.DateTimeField(blank=True, null=True, verbose_name='chờ từ')),
                    ('waited_minutes', models.PositiveIntegerField(default=0, verbose_name='số phút làm việc đã chờ')),
                    ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='trả lời lúc')),
                    ('is_solved', models.BooleanField(blank=True, null=True, verbose_name='đã giải quyết được')),
                    ('reopened_at', models.DateTimeField(blank=True, null=True, verbose_name='mở lại lúc')),
                    ('forgotten_at', models.DateTimeField(blank=True, null=True, verbose_name='xóa lời lúc')),
                    ('is_first', models.BooleanField(default=False, verbose_name='lần đầu của người hỏi')),
                    ('answerer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='người trả lời')),
                    ('asker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='enquiries', to='enquiries.asker')),
                    ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='nơi')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to='orgs.unit', verbose_name='đơn vị trả lời')),
                ],
                options={
                    'verbose_name': 'câu hỏi của dân',
                    'indexes': [models.Index(fields=['unit', 'state', 'due_at'], name='enquiries_e_unit_id_821c37_idx'), models.Index(fields=['asker', 'received_at'], name='enquiries_e_asker_i_82277b_idx'), models.Index(fields=['state', 'due_at'], name='enquiries_e_state_3d364e_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'waiting'), ('waiting_since__isnull', False)), models.Q(models.Q(('state', 'waiting'), _negated=True), ('waiting_since', None)), _connector='OR'), name='the_clock_stands_only_while_waiting_for_the_citizen'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), ('answered_at__isnull', False), _connector='OR'), name='an_answered_enquiry_says_when')],
                },
            ),
            migrations.CreateModel(
                name='Handover',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', lantoa.enquiries.sealing.SealedField(verbose_name='lý do')),
                    ('at', models.DateTimeField(verbose_name='lúc')),
                    ('after', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='đơn vị nhận')),
                    ('before', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='đơn vị chuyển')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='người chuyển')),
                    ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to='enquiries.enquiry')),
                ],
                options={
                    'verbose_name': 'lần chuyển',
                    'indexes': [models.Index(fields=['before', 'at'], name='enquiries_h_before__f9dc64_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('before', models.F('after')), _negated=True), name='an_enquiry_is_handed_to_another_unit')],
                },
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', lantoa.enquiries.sealing.SealedField(verbose_name='lời')),
                    ('sent_at', models.DateTimeField(verbose_name='gửi lúc')),
                    ('received_at', models.DateTimeField(verbose_name='nhận lúc')),
                    ('source', models.CharField(max_length=64, unique=True, verbose_name='dấu của tin')),
                    ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='enquiries.enquiry')),
                ],
                options={
                    'verbose_name': 'lời của dân',
                    'indexes': [models.Index(fields=['enquiry', 'sent_at'], name='enquiries_m_enquiry_b6bb20_idx')],
                },
            ),
            migrations.CreateModel(
                name='Reply',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('answer', 'câu trả lời'), ('question', 'hỏi lại'), ('note', 'ghi chú nội bộ')], max_length=8, verbose_name='loại')),
                    ('text', lantoa.enquiries.sealing.SealedField(verbose_name='lời')),
                    ('at', models.DateTimeField(verbose_name='lúc')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.person', verbose_name='người viết')),
                    ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='enquiries.enquiry')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'lời trả lời',
                    'indexes': [models.Index(fields=['enquiry', 'at'], name='enquiries_r_enquiry_2922d9_idx')],
                },
            ),
            migrations.CreateModel(
                name='Routing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('topic', models.CharField(choices=[('an-ninh', 'an ninh, trật tự'), ('thu-tuc', 'thủ tục hành chính'), ('khac', 'việc khác')], max_length=8, verbose_name='lĩnh vực')),
                    ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='nơi')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='đơn vị trả lời')),
                ],
                options={
                    'verbose_name': 'phân công trả lời',
                    'constraints': [models.UniqueConstraint(fields=('topic', 'place'), name='a_topic_of_a_place_goes_to_one_unit'), models.UniqueConstraint(condition=models.Q(('place', None)), fields=('topic',), name='a_topic_of_no_place_goes_to_one_unit')],
                },
            ),
            migrations.CreateModel(
                name='AnswerTemplate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, verbose_name='tên mẫu')),
                    ('text', models.TextField(max_length=4000, verbose_name='lời mẫu')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'mẫu câu trả lời',
                    'constraints': [models.UniqueConstraint(fields=('unit', 'name'), name='a_unit_names_a_template_once')],
                },
            ),
        ]),
    ]
