import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schools.models import Import, School
from tests.factories import ImportFactory, SchoolFactory
from tests.schools.imports.workbooks import COUNCIL, contact_list, listed, roll, rolls, saved

OTHERS = ["head", "acting_head", "core_member", "staff_member", "officer", "superuser"]
UPLOAD = "/schools/import/"


def upload(book, name="list.xlsx"):
    content = book if isinstance(book, bytes) else saved(book).getvalue()
    return SimpleUploadedFile(name, content)


def table(response, heading):
    """The rows below a heading, as lists of texts."""
    page = BeautifulSoup(response.content, "html.parser")
    section = next(each for each in page.find_all("section") if each.h2 and each.h2.get_text(strip=True) == heading)
    return [[cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in section.tbody.find_all("tr")]


def counts(response):
    page = BeautifulSoup(response.content, "html.parser")
    return {
        key.get_text(strip=True): int(value.get_text(strip=True))
        for key, value in zip(page.select(".ds_summary-list__key"), page.select(".ds_summary-list__value"), strict=True)
    }


def button(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [each.get_text(strip=True) for each in page.main.find_all("button")]


class TestTheJourney:
    def test_look_first_then_apply(self, as_user, coordinator):
        client = as_user(coordinator)
        gone = SchoolFactory(seed_code="9990009", local_authority=COUNCIL, name="Gone", brought_in_by=ImportFactory())
        known = SchoolFactory(seed_code="9990002", local_authority=COUNCIL, name="Elmbank")
        book = contact_list(listed(9990001), listed(9990002, "Elmbank Academy"), listed(5, "Ashbank"))

        shown = client.post(UPLOAD, {"kind": "schools", "file": upload(book), "local_authority": COUNCIL}, follow=True)

        assert shown.redirect_chain == [(reverse("import", args=[Import.objects.latest("pk").pk]), 302)]
        assert "This is a dry run: nothing has been changed." in shown.text
        assert counts(shown) == {
            "Not understood": 1,
            "New": 1,
            "Closed": 1,
            "Reopened": 0,
            "Renamed": 1,
            "Changed": 0,
            "Unchanged": 0,
        }
        assert table(shown, "Not understood") == [["Ashbank", "none", "9", "“5” is not a SEED code of seven digits."]]
        (new,) = table(shown, "New")
        assert new[:3] == ["Birchbank Primary School", "9990001", "7"]
        (renamed,) = table(shown, "Renamed")
        assert renamed[3].startswith("Name: Elmbank → Elmbank Academy; ")
        assert table(shown, "Closed")[0][3].startswith(
            "It is no longer in the list of open schools. Closed: nothing → "
        )
        assert button(shown) == ["Apply these changes"]
        assert School.objects.count() == 2

        done = client.post(shown.redirect_chain[0][0], follow=True)

        assert "The changes have been applied." in done.text
        assert f"by {coordinator}." in done.text
        assert counts(done) == counts(shown)
        assert table(done, "Renamed") == table(shown, "Renamed")
        assert button(done) == []
        for school in (gone, known):
            school.refresh_from_db()
        assert (gone.closed is None, known.name) == (False, "Elmbank Academy")

    def test_pressing_twice_applies_once(self, as_user, coordinator):
        client = as_user(coordinator)
        shown = client.post(UPLOAD, {"kind": "schools", "file": upload(contact_list(listed()))})
        client.post(shown.url)
        first = Import.objects.get()

        client.post(shown.url)

        assert Import.objects.get().applied_at == first.applied_at
        assert School.objects.count() == 1

    def test_rolls(self, as_user, coordinator):
        client = as_user(coordinator)
        school = SchoolFactory(seed_code="9990001", local_authority=COUNCIL, roll=100)
        book = rolls(roll(9990001, 210), roll(9990002, "c"))

        shown = client.post(UPLOAD, {"kind": "rolls", "file": upload(book)}, follow=True)

        assert "All the authorities in the file." in shown.text
        assert table(shown, "Changed")[0][3] == "Pupil roll: 100 → 210."
        assert [row[1] for row in table(shown, "Not in the school list")] == ["9990002"]
        client.post(shown.redirect_chain[0][0])
        school.refresh_from_db()
        assert school.roll == 210

    def test_a_file_that_says_nothing_new_has_nothing_to_apply(self, as_user, coordinator):
        client = as_user(coordinator)
        client.post(client.post(UPLOAD, {"kind": "schools", "file": upload(contact_list(listed()))}).url)

        again = client.post(UPLOAD, {"kind": "schools", "file": upload(contact_list(listed()))}, follow=True)

        assert "There is nothing to apply" in again.text
        assert button(again) == []

    def test_long_lists_are_cut_but_not_what_was_not_understood(self, as_user, coordinator):
        rows = [listed(9990001 + n, f"School {n}") for n in range(60)] + [listed(n) for n in range(60)]

        shown = as_user(coordinator).post(UPLOAD, {"kind": "schools", "file": upload(contact_list(*rows))}, follow=True)

        assert len(table(shown, "New")) == 50
        assert "10 more are not shown." in shown.text
        assert len(table(shown, "Not understood")) == 60

    def test_earlier_files_are_listed_the_newest_first(self, as_user, coordinator):
        client = as_user(coordinator)
        first = {"kind": "schools", "file": upload(contact_list(listed()), "first.xlsx"), "local_authority": COUNCIL}
        client.post(UPLOAD, first)
        applied = client.post(UPLOAD, {"kind": "schools", "file": upload(contact_list(listed()), "second.xlsx")})
        client.post(applied.url)

        page = BeautifulSoup(client.get(UPLOAD).content, "html.parser")

        cards = [card.get_text(" ", strip=True) for card in page.select("main .card")]
        assert cards[0].startswith("second.xlsx School contact details")
        assert f"by {coordinator}" in cards[0]
        assert "Applied on" in cards[0]
        assert cards[1].startswith("first.xlsx")
        assert cards[1].endswith("Not applied.")

    def test_many_earlier_files_come_in_pages(self, as_user, coordinator):
        ImportFactory.create_batch(21)

        page = as_user(coordinator).get(UPLOAD, {"page": "2"})

        assert "Page 2 of 2" in page.text
        assert page.text.count("schools.xlsx") == 1

    def test_the_question_count_does_not_grow(self, as_user, coordinator, django_assert_max_num_queries):
        rows = [listed(9990001 + n, f"School {n}") for n in range(40)]
        client = as_user(coordinator)
        shown = client.post(UPLOAD, {"kind": "schools", "file": upload(contact_list(*rows))})
        ImportFactory.create_batch(15, uploaded_by=coordinator)

        with django_assert_max_num_queries(12):
            client.get(shown.url)
        with django_assert_max_num_queries(12):
            client.get(UPLOAD)


class TestTheForm:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"SEED code,name", "This is not an Excel workbook (.xlsx)."),
            (b"", "This file is empty."),
            (bytes(21 * 1024 * 1024), "This file has 21 MB."),
        ],
        ids=["csv", "empty", "large"],
    )
    def test_says_what_is_wrong_with_a_file(self, as_user, coordinator, content, words):
        page = as_user(coordinator).post(UPLOAD, {"kind": "schools", "file": upload(content)})

        assert page.status_code == 200
        assert words in page.text
        assert page.context["form"].errors.keys() == {"file"}
        assert not Import.objects.exists()

    def test_says_what_is_missing(self, as_user, coordinator):
        page = as_user(coordinator).post(UPLOAD, {})

        assert page.context["form"].errors == {"kind": ["Choose what the file lists."], "file": ["Choose the file."]}

    def test_says_that_an_authority_is_not_in_the_file(self, as_user, coordinator):
        page = as_user(coordinator).post(
            UPLOAD, {"kind": "schools", "file": upload(contact_list(listed())), "local_authority": "Nowhere"}
        )

        assert page.context["form"].errors.keys() == {"local_authority"}
        assert "It names: Sample Council." in page.text

    def test_a_tampered_kind_is_refused(self, as_user, coordinator):
        page = as_user(coordinator).post(UPLOAD, {"kind": "meals", "file": upload(contact_list(listed()))})

        assert page.context["form"].errors.keys() == {"kind"}

    @pytest.mark.parametrize("name", ["../../list.xlsx", "líst ✓.xlsx", "l" * 250 + ".xlsx"])
    def test_a_strange_name_is_kept_as_a_name(self, as_user, coordinator, name):
        page = as_user(coordinator).post(UPLOAD, {"kind": "schools", "file": upload(contact_list(listed()), name)})

        assert page.status_code == 302
        assert "/" not in Import.objects.get().file_name

    def test_offers_the_authority_of_last_time(self, as_user, coordinator):
        SchoolFactory(local_authority="First Council")
        client = as_user(coordinator)
        assert 'value="First Council"' in client.get(UPLOAD).text

        ImportFactory(local_authority="Last Council")

        assert 'value="Last Council"' in client.get(UPLOAD).text


class TestOthers:
    @pytest.mark.parametrize("who", OTHERS)
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_are_refused(self, request, db, as_user, who, method):
        import_ = ImportFactory()
        client = as_user(request.getfixturevalue(who))

        assert getattr(client, method)(UPLOAD).status_code == 403
        assert getattr(client, method)(reverse("import", args=[import_.pk])).status_code == 403
        import_.refresh_from_db()
        assert import_.applied_at is None

    def test_strangers_sign_in(self, client, db):
        assert client.get(UPLOAD).url.startswith("/accounts/login/")

    def test_an_import_that_says_nothing_has_nothing_to_apply(self, as_user, coordinator):
        for import_ in (ImportFactory(), ImportFactory(kind=Import.Kind.ROLLS)):
            page = as_user(coordinator).get(reverse("import", args=[import_.pk]))

            assert "There is nothing to apply" in page.text

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_one_that_has_been_replaced_leads_to_the_list(self, as_user, coordinator, method):
        replaced = ImportFactory()
        address = reverse("import", args=[replaced.pk])
        replaced.delete()
        ImportFactory()

        answer = getattr(as_user(coordinator), method)(address, follow=True)

        assert answer.redirect_chain == [(reverse("imports"), 302)]
        assert "a newer one has taken its place" in answer.text

    def test_an_import_that_is_not_there_is_404(self, as_user, coordinator):
        assert as_user(coordinator).get(reverse("import", args=[999_999])).status_code == 404
