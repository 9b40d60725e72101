import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from people.triggers import record_changes


class Migration(migrations.Migration):

    dependencies = [
        ("claims", "0011_desk_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TriageHold',
            fields=[
                ('claim', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='hold', serialize=False, to='claims.claim', verbose_name='claim')),
                ('until', models.DateTimeField(verbose_name='until')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'hold in triage',
                'verbose_name_plural': 'holds in triage',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('query', models.CharField(blank=True, max_length=1000, verbose_name='filter')),
                ('is_default', models.BooleanField(default=False, verbose_name='opens first')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='triage_filters', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'saved filter',
                'verbose_name_plural': 'saved filters',
                'ordering': ['name'],
                'default_permissions': (),
                'constraints': [
                    models.UniqueConstraint(fields=('person', 'name'), name='saved_filter_name_is_unique_per_person'),
                    models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('person',), name='saved_filter_one_default_per_person'),
                    models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='saved_filter_has_a_name'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ClaimSplit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text_before', models.TextField(verbose_name='wording before')),
                ('text_after', models.TextField(verbose_name='wording after')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='splits', to='claims.claim', verbose_name='claim')),
                ('part', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='split_from', to='claims.claim', verbose_name='part')),
            ],
            options={
                'verbose_name': 'split',
                'verbose_name_plural': 'splits',
                'ordering': ['pk'],
                'default_permissions': (),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('claim', models.F('part')), _negated=True), name='split_into_another'),
                ],
            },
        ),
        migrations.AddIndex(
            model_name='claim',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('text'), name='gin_trgm_ops'), name='claim_text_by_letters'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(models.F('kind'), models.OrderBy(models.F('check_worthiness'), descending=True, nulls_last=True), models.F('id'), condition=models.Q(('status', 'detected')), name='claim_triage_by_kind'),
        ),
        *[record_changes(table) for table in ('claims_savedfilter', 'claims_claimsplit')],
    ]
