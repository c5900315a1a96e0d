from config import assets


def test_files_are_collected_once_until_they_change(tmp_path, settings):
    source, folder = tmp_path / "source", tmp_path / "collected"
    (source / "site").mkdir(parents=True)
    (source / "site" / "site.css").write_text("body { margin: 0 }\n" * 200)
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [source], str(folder)
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]

    assets.collect(folder)
    kept = folder / "site" / "site.css"
    assert kept.exists()
    assert (folder / "site" / "site.css.gz").stat().st_size < kept.stat().st_size

    kept.unlink()
    assets.collect(folder)
    assert not kept.exists(), "nothing changed, so nothing was collected"

    (source / "site" / "more.css").write_text("p { margin: 0 }\n")
    assets.collect(folder)
    assert kept.exists()
    assert (folder / "site" / "more.css").exists()
