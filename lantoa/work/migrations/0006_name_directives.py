
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('work', '0005_serve_tasks'),
    ]

    operations = [
        migrations.AddField(
            model_name='activity',
            name='directive',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='plans.directive', verbose_name='thực hiện văn bản'),
        ),
    ]
