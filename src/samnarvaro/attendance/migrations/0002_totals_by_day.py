"""The carried totals lie by day: a window of everybody then reads a few days of rows together."""

import django.db.models.deletion
from django.db import migrations, models

from samnarvaro.base.tables import RemakeClusteredModel


class Migration(migrations.Migration):

    dependencies = [
        ('attendance', '0001_initial'),
    ]

    operations = [
        RemakeClusteredModel(
            name='DayTotal',
            fields=[
                ('pk', models.CompositePrimaryKey('day', 'pupil', blank=True, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('pupil', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.pupil')),
                ('scheduled', models.IntegerField()),
                ('excused', models.IntegerField()),
                ('unexcused', models.IntegerField()),
                ('unreported', models.IntegerField()),
                ('late', models.IntegerField()),
                ('days', models.IntegerField()),
                ('run', models.IntegerField()),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisation.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['pupil', 'day'], name='day_total_by_pupil')],
            },
        ),
    ]
