import pytest
from django import forms

from config.gallery import SampleForm


@pytest.fixture
def form():
    return SampleForm()


@pytest.fixture
def wrong():
    """A form with everything missing but an address that is none."""
    return SampleForm({"email": "<b>not an address"})


def described_by(element, soup):
    return [soup.find(id=name) for name in element["aria-describedby"].split()]


class TestField:
    @pytest.mark.parametrize(
        ("name", "tag", "kind"),
        [
            ("email", "input", "email"),
            ("password", "input", "password"),
            ("name", "input", "text"),
            ("starts_on", "input", "date"),
            ("evidence", "textarea", None),
            ("term", "select", None),
            ("declared", "input", "checkbox"),
        ],
    )
    def test_draws_one_labelled_control_by_the_kind_of_its_widget(self, component, form, name, tag, kind):
        soup = component("field", field=form[name])

        controls = soup.find_all(["input", "textarea", "select"])
        assert [(each.name, each.get("type")) for each in controls] == [(tag, kind)]
        assert controls[0]["name"] == name
        assert soup.find("label")["for"] == controls[0]["id"] == f"id_{name}"
        assert form[name].label in soup.find("label").get_text()

    @pytest.mark.parametrize(("name", "kind"), [("role", "radio"), ("helped_by", "checkbox")])
    def test_draws_choices_in_one_fieldset_each_with_its_label(self, component, form, name, kind):
        soup = component("field", field=form[name])

        boxes = soup.find("fieldset").find_all("input")
        assert soup.legend.get_text(" ", strip=True).startswith(form[name].label)
        assert [box["type"] for box in boxes] == [kind] * 3
        assert [soup.find("label", attrs={"for": box["id"]}).get_text() for box in boxes] == [
            "Head teacher",
            "Member of the core team",
            "Member of staff",
        ]

    def test_keeps_what_was_typed_and_chosen(self, component):
        form = SampleForm({"email": "a@b", "evidence": "\nOne.", "role": "core", "term": "2", "declared": "on"})

        assert component("field", field=form["email"]).input["value"] == "a@b"
        assert component("field", field=form["evidence"]).textarea.string == "\n\nOne."
        assert component("field", field=form["role"]).find("input", checked=True)["value"] == "core"
        assert component("field", field=form["term"]).find("option", selected=True)["value"] == "2"
        assert component("field", field=form["declared"]).input.has_attr("checked")

    def test_never_gives_a_password_back(self, component):
        soup = component("field", field=SampleForm({"password": "secret"})["password"])

        assert not soup.input.has_attr("value")

    def test_a_hint_and_an_error_are_read_with_the_control(self, component, wrong):
        soup = component("field", field=wrong["email"])

        hint, error = described_by(soup.input, soup)
        assert hint.get_text() == "The one that your school gave you."
        assert error.get_text(strip=True).startswith("Error:")
        assert soup.input["aria-invalid"] == "true"

    def test_errors_of_choices_are_read_with_their_fieldset(self, component, wrong):
        soup = component("field", field=wrong["role"])

        (error,) = described_by(soup.fieldset, soup)
        assert "required" in error.get_text()
        assert not soup.find(attrs={"aria-invalid": True})

    def test_a_clean_field_without_a_hint_is_described_by_nothing(self, component, form):
        assert not component("field", field=form["password"]).find(attrs={"aria-describedby": True})

    def test_a_hint_of_the_page_replaces_the_help_text(self, component, form):
        soup = component("field", field=form["email"], hint="Another hint.")

        assert soup.find(id="id_email_helptext").get_text() == "Another hint."

    def test_an_optional_field_says_so_and_a_needed_one_does_not(self, component, form):
        assert "(optional)" in component("field", field=form["name"]).label.get_text()
        assert "(optional)" not in component("field", field=form["email"]).label.get_text()

    def test_a_hidden_field_stays_hidden(self, component):
        class Hidden(forms.Form):
            seen = forms.IntegerField(widget=forms.HiddenInput, initial=3)

        soup = component("field", field=Hidden()["seen"])

        assert (soup.input["type"], soup.input["value"]) == ("hidden", "3")
        assert not soup.label

    def test_a_soft_limit_comes_from_the_page_or_from_the_widget(self, component, form):
        assert component("field", field=form["evidence"]).textarea["data-soft-limit"] == "60"

    def test_attributes_and_classes_of_the_widget_are_kept(self, component):
        class Named(forms.Form):
            name = forms.CharField(
                widget=forms.TextInput(attrs={"autocomplete": "name", "class": "ds_input--fixed-10"})
            )

        soup = component("field", field=Named()["name"])

        assert soup.input["autocomplete"] == "name"
        assert soup.input["class"] == ["ds_input", "ds_input--fixed-10"]

    def test_what_people_typed_is_escaped(self, component, wrong):
        assert component("field", field=wrong["email"]).input["value"] == "<b>not an address"


class TestForm:
    def test_lists_every_error_first_each_leading_to_its_control(self, component, wrong):
        soup = component("form", form=wrong)

        summary = soup.find(id="error-summary")
        targets = [link["href"].removeprefix("#") for link in summary.find_all("a")]
        assert summary.h2.get_text() == "There is a problem"
        assert targets == ["id_email", "id_password", "id_starts_on", "id_role_0", "id_term", "id_declared"]
        assert all(soup.find(id=target).name in {"input", "select"} for target in targets)

    def test_a_clean_form_has_no_summary(self, component, form):
        assert component("form", form=form).find(id="error-summary") is None

    def test_a_page_may_place_the_summary_itself(self, component, wrong):
        assert component("form", form=wrong, without_summary=True).find(id="error-summary") is None

    def test_errors_of_the_whole_form_stand_in_the_summary(self, component, wrong):
        wrong.add_error(None, "These two do not fit together.")

        assert "These two do not fit together." in component("form", form=wrong).find(id="error-summary").get_text()

    def test_draws_every_field_once(self, component, form):
        names = {each["name"] for each in component("form", form=form).find_all(["input", "textarea", "select"])}

        assert names == set(form.fields)


class TestErrorSummary:
    def test_takes_pairs_of_text_and_address(self, component):
        soup = component("error_summary", errors=[("Say why", "#why"), ("Too late", "")])

        assert soup.a["href"] == "#why"
        assert [item.get_text() for item in soup.find_all("li")] == ["Say why", "Too late"]

    def test_is_nothing_without_errors(self, component):
        assert component("error_summary", errors=[]).get_text(strip=True) == ""

    def test_takes_the_keyboard_when_the_page_loads(self, component):
        box = component("error_summary", errors=[("Say why", "#why")]).find(id="error-summary")

        assert (box["tabindex"], box.has_attr("autofocus")) == ("-1", True)


class TestButton:
    def test_is_a_submit_button(self, component):
        button = component("button", text="Save and continue").button

        assert (button["type"], button.get_text()) == ("submit", "Save and continue")

    def test_is_a_link_when_it_has_an_address(self, component):
        assert component("button", text="Start", url="/audits/").a["href"] == "/audits/"

    def test_sends_its_name_and_value(self, component):
        button = component("button", text="Later", name="then", value="list", form="answers").button

        assert (button["name"], button["value"], button["form"]) == ("then", "list", "answers")


class TestNotification:
    @pytest.mark.parametrize(
        ("kind", "word"),
        [("success", "Done:"), ("info", "Please note:"), ("warning", "Take care:"), ("error", "Problem:")],
    )
    def test_says_its_kind_in_words(self, component, kind, word):
        assert word in component("notification", message="It is so.", kind=kind).get_text()


class TestBreadcrumbs:
    def test_takes_a_list(self, component):
        soup = component("breadcrumbs", crumbs=[("Home", "/home/"), ("Audits", "/audits/")], current="Check")

        assert [link["href"] for link in soup.find_all("a")] == ["/home/", "/audits/"]
        assert soup.find(attrs={"aria-current": "page"}).get_text() == "Check"

    def test_takes_a_root_and_a_parent(self, component):
        soup = component(
            "breadcrumbs", root_text="Home", root_url="/home/", parent_text="Audit", parent_url="/audits/1/"
        )

        assert [link.get_text() for link in soup.find_all("a")] == ["Home", "Audit"]


class TestLists:
    def test_a_task_says_its_state_in_words_and_links_only_where_it_can_be_opened(self, component):
        tasks = [
            {"title": "One", "url": "/1/", "status": "Completed", "done": True},
            {"title": "Two", "status": "Not yet"},
        ]

        first, second = component("task_list", tasks=tasks).find_all("li")
        assert (first.a["href"], "Completed" in first.get_text()) == ("/1/", True)
        assert (second.a, "Not yet" in second.get_text()) == (None, True)

    def test_a_row_says_what_its_link_changes(self, component):
        soup = component("summary_list", rows=[{"key": "School", "value": "A\nB", "url": "/x/"}])

        assert soup.a.get_text() == "Change: School"
        assert soup.find("dd").br

    @pytest.mark.parametrize(("value", "shown"), [("", "Not answered yet"), (None, "Not answered yet"), (0, "0")])
    def test_an_empty_value_is_said_and_a_zero_is_no_empty_value(self, component, value, shown):
        assert component("summary_row", key="Roll", value=value).dd.get_text(strip=True) == shown


class TestDataTable:
    def test_has_a_caption_and_headings_for_columns_and_rows(self, component):
        table = component(
            "data_table", caption="Tiers", head=["Theme", "Tier"], rows=[["Leadership", "Targeted"]]
        ).table

        assert table.caption.get_text() == "Tiers"
        assert [cell["scope"] for cell in table.find_all("th")] == ["col", "col", "row"]

    def test_every_cell_carries_its_heading_for_narrow_screens(self, component):
        table = component("data_table", caption="T", head=["A", "B", "C"], rows=[["1", "2", "3"]]).table

        assert [cell["data-heading"] for cell in table.find_all("td")] == ["B", "C"]


class TestConflict:
    def test_shows_both_texts_and_three_ways_on(self, component):
        soup = component(
            "conflict", id="c", name="c", yours="Mine.\nYes.", theirs="<i>Theirs", by="A. Example", at="today"
        )

        text = soup.get_text(" ")
        assert "Mine." in text
        assert "<i>Theirs" in text
        assert "A. Example" in text
        assert [box["value"] for box in soup.find_all("input")] == ["mine", "theirs", "join"]
        assert not soup.find("input", checked=True)

    def test_a_choice_made_before_is_kept_and_joining_may_be_left_out(self, component):
        soup = component("conflict", id="c", name="c", yours="1", theirs="2", chosen="theirs", without_join=True)

        assert soup.find("input", checked=True)["value"] == "theirs"
        assert len(soup.find_all("input")) == 2
