from django.db import migrations

import sealed.fields


def seal_what_is_there(apps, schema_editor):
    records = apps.get_model("wizards", "WizardRecord").objects
    for record in records.only("pk", "data_before").iterator(chunk_size=200):
        records.filter(pk=record.pk).update(data=record.data_before)


class Migration(migrations.Migration):
    dependencies = [
        ("wizards", "0001_wizard_record_and_held_post"),
    ]

    operations = [
        migrations.AlterField(
            model_name="heldpost",
            name="body",
            field=sealed.fields.SealedBytes(verbose_name="what was typed, sealed"),
        ),
        # JSON cannot become bytes in its own column, so the words move to a new one.
        migrations.RenameField(model_name="wizardrecord", old_name="data", new_name="data_before"),
        migrations.AddField(
            model_name="wizardrecord",
            name="data",
            field=sealed.fields.SealedJSON(default=dict, verbose_name="data, sealed"),
        ),
        migrations.RunPython(seal_what_is_there, migrations.RunPython.noop),
        migrations.RemoveField(model_name="wizardrecord", name="data_before"),
    ]
