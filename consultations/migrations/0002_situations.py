import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sdmtool.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="situation_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="consultation",
            name="texts_edition",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.CreateModel(
            name="StillRight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="consultations.sheet",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        freeze("consultations_stillright"),
    ]
