import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

from lantoa.orgs.together import CreateTogether


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orgs', '0005_invite_people'),
        ('plans', '0003_count_edits'),
        ('practices', '0001_open_practices'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailimages', '0027_image_description'),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='HomePage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ],
                options={
                    'verbose_name': 'trang chủ',
                },
                bases=('wagtailcore.page',),
            ),
            migrations.CreateModel(
                name='SectionPage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                    ('intro', models.CharField(blank=True, max_length=300, verbose_name='lời giới thiệu')),
                ],
                options={
                    'verbose_name': 'chuyên mục',
                },
                bases=('wagtailcore.page',),
            ),
            migrations.CreateModel(
                name='ArticlePage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                    ('lead', models.TextField(max_length=600, verbose_name='sa-pô')),
                    ('body', wagtail.fields.StreamField([('text', 0), ('photo', 5), ('quote', 8)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link', 'figure'], 'label': 'đoạn văn'}), 1: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'ảnh'}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'Tả cho người không thấy ảnh, thành một câu: ai, đang làm gì, ở đâu.', 'label': 'lời tả ảnh', 'max_length': 300}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'chú thích', 'max_length': 300, 'required': False}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'người chụp', 'max_length': 120}), 5: ('wagtail.blocks.StructBlock', [[('image', 1), ('alt', 2), ('caption', 3), ('credit', 4)]], {}), 6: ('wagtail.blocks.TextBlock', (), {'label': 'lời trích'}), 7: ('wagtail.blocks.CharBlock', (), {'label': 'của', 'max_length': 200, 'required': False}), 8: ('wagtail.blocks.StructBlock', [[('text', 6), ('who', 7)]], {})}, verbose_name='nội dung')),
                    ('photo_alt', models.CharField(blank=True, help_text='Tả cho người không thấy ảnh, thành một câu: ai, đang làm gì, ở đâu.', max_length=300, verbose_name='lời tả ảnh')),
                    ('photo_caption', models.CharField(blank=True, max_length=300, verbose_name='chú thích ảnh')),
                    ('photo_credit', models.CharField(blank=True, max_length=120, verbose_name='người chụp')),
                    ('author', models.CharField(blank=True, max_length=120, verbose_name='tác giả')),
                    ('source', models.CharField(blank=True, max_length=200, verbose_name='nguồn tin')),
                    ('source_url', models.URLField(blank=True, verbose_name='liên kết tới bài gốc')),
                    ('transcript', models.TextField(blank=True, verbose_name='lời của bản đọc')),
                    ('is_headline', models.BooleanField(default=False, verbose_name='đứng đầu trang chủ')),
                    ('dated', models.DateTimeField(blank=True, null=True, verbose_name='ngày đăng')),
                    ('change_note', models.CharField(blank=True, max_length=300, verbose_name='đã sửa gì')),
                    ('withdrawn_why', models.CharField(blank=True, max_length=300, verbose_name='lý do gỡ bài')),
                    ('folded', models.TextField(default='', editable=False, verbose_name='chữ để tìm')),
                    ('points_before', models.PositiveIntegerField(default=0, verbose_name='tổng điểm mang theo')),
                    ('votes_before', models.PositiveIntegerField(default=0, verbose_name='số phiếu mang theo')),
                    ('audio', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtaildocs.document', verbose_name='bản đọc')),
                    ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailimages.image', verbose_name='ảnh chính')),
                    ('practice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.practice', verbose_name='mô hình')),
                    ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.theme', verbose_name='chuyên đề năm')),
                    ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'bài viết',
                    'indexes': [models.Index(fields=['dated'], name='article_dated')],
                },
                bases=('wagtailcore.page',),
            ),
            migrations.CreateModel(
                name='ArticleTag',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tag_items', to='articles.articlepage')),
                    ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='taggit.tag')),
                ],
                options={
                    'verbose_name': 'thẻ',
                },
            ),
            migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(blank=True, max_length=200, verbose_name='tên')),
                    ('position', models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='thứ tự')),
                    ('article', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='articles.articlepage')),
                    ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtaildocs.document', verbose_name='tệp')),
                ],
                options={
                    'verbose_name': 'tệp kèm theo',
                    'ordering': ['position'],
                },
            ),
            migrations.CreateModel(
                name='ChangeNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(verbose_name='lúc')),
                    ('said', models.CharField(max_length=300, verbose_name='đã sửa gì')),
                    ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='articles.articlepage')),
                ],
                options={
                    'verbose_name': 'lần sửa bài',
                    'ordering': ['-at'],
                },
            ),
            migrations.CreateModel(
                name='FrozenFigure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('question', models.CharField(max_length=300, verbose_name='con số nào')),
                    ('value', models.BigIntegerField(null=True, verbose_name='giá trị')),
                    ('bottom', models.BigIntegerField(null=True, verbose_name='chia cho')),
                    ('at', models.DateTimeField(verbose_name='đọc lúc')),
                    ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='articles.articlepage')),
                ],
                options={
                    'verbose_name': 'con số trong bài',
                    'constraints': [models.UniqueConstraint(fields=('article', 'question'), name='an_article_freezes_a_figure_once')],
                },
            ),
            migrations.CreateModel(
                name='OldAddress',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('path', models.CharField(max_length=400, unique=True, verbose_name='địa chỉ cũ')),
                    ('target', models.CharField(blank=True, max_length=400, verbose_name='dẫn tới')),
                    ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='old_addresses', to='articles.articlepage')),
                ],
                options={
                    'verbose_name': 'địa chỉ cũ',
                },
            ),
        ]),
        migrations.AddField(
            model_name='articlepage',
            name='tags',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='articles.ArticleTag', to='taggit.Tag', verbose_name='thẻ'),
        ),
    ]
