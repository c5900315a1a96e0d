from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from schools.models import Import, School
from tests.factories import SchoolFactory
from tests.schools.imports.workbooks import COUNCIL, contact_list, listed, roll, rolls, saved


@pytest.fixture
def path(tmp_path):
    """Save a workbook and give its path."""

    def save(book):
        path = tmp_path / "list.xlsx"
        path.write_bytes(saved(book).getvalue())
        return path

    return save


def said(command, *arguments):
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


class TestImportSchools:
    def test_a_dry_run_says_what_it_would_do_and_does_nothing(self, db, path):
        SchoolFactory(seed_code="9990002", name="Elmbank", local_authority=COUNCIL)
        book = contact_list(listed(9990001), listed(9990002, "Elmbank Academy"), listed(5, "Ashbank"))

        text = said("import_schools", path(book))

        assert "  none  Ashbank, row 9: “5” is not a SEED code of seven digits.\n" in text
        assert "  9990001  Birchbank Primary School, row 7: Local authority: Sample Council; pre-school" in text
        assert (
            "  9990002  Elmbank Academy, row 8: Name: Elmbank → Elmbank Academy; pre-school department: no → yes"
            in text
        )
        assert "Not understood: 1\nNew: 1\nClosed: 0\nReopened: 0\nRenamed: 1\nChanged: 0\nUnchanged: 0\n" in text
        assert text.endswith("This was a dry run: nothing has been changed. Add --apply to do it.\n")
        assert School.objects.get().name == "Elmbank"
        assert not Import.objects.exists()

    def test_applies_when_asked(self, db, path):
        text = said("import_schools", path(contact_list(listed())), "--apply")

        assert text.endswith("The changes have been applied.\n")
        assert School.objects.get().brought_in_by == Import.objects.get()

    def test_says_the_same_again_as_unchanged(self, db, path):
        said("import_schools", path(contact_list(listed())), "--apply")

        assert "New: 0\n" in (text := said("import_schools", path(contact_list(listed())), "--apply"))
        assert "Unchanged: 1\n" in text

    def test_takes_one_authority(self, db, path):
        book = contact_list(listed(), listed(9990002, **{"LA Name": "Other Council"}))

        said("import_schools", path(book), "--local-authority", "sample", "--apply")

        assert School.objects.get().local_authority == COUNCIL

    def test_says_which_schools_have_gone(self, db, path):
        said("import_schools", path(contact_list(listed(9990001), listed(9990002, "Elmbank"))), "--apply")

        text = said("import_schools", path(contact_list(listed(9990001))), "--apply")

        assert "Closed (1)\n  9990002  Elmbank: It is no longer in the list of open schools." in text

    @pytest.mark.parametrize("command", ["import_schools", "import_rolls"])
    def test_a_wrong_file_gets_one_sentence(self, db, tmp_path, command):
        path = tmp_path / "list.csv"
        path.write_text("SEED code,name")

        with pytest.raises(CommandError, match="This is not an Excel workbook") as refusal:
            said(command, path, "--apply")

        assert refusal.value.returncode == 1
        assert "\n" not in str(refusal.value)
        assert not Import.objects.exists()

    def test_a_file_that_is_not_there(self, db, tmp_path):
        with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
            said("import_schools", tmp_path / "none.xlsx")

    def test_an_authority_that_is_not_there(self, db, path):
        with pytest.raises(CommandError, match="It names: Sample Council"):
            said("import_schools", path(contact_list(listed())), "--local-authority", "Nowhere")


class TestImportRolls:
    def test_a_dry_run_and_then_for_good(self, db, path):
        school = SchoolFactory(seed_code="9990001", name="Birchbank", local_authority=COUNCIL)
        book = rolls(roll(9990001, 210), roll(9990002, "c"), roll(9990003, "many"))

        text = said("import_rolls", path(book))
        school.refresh_from_db()
        assert school.roll is None
        assert "  9990001  Birchbank, row 3: Pupil roll: nothing → 210.\n" in text
        assert "Not understood: 1\nChanged: 1\nRoll not known: 0\nNot in the school list: 1\nUnchanged: 0\n" in text

        said("import_rolls", path(book), "--apply", "--local-authority", COUNCIL)
        school.refresh_from_db()
        assert school.roll == 210
