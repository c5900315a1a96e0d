from datetime import date

import pytest

from cms.domain import BadPageFile, Outcome, PageFile, Report, decide, digest, in_order

DOCUMENT = {
    "key": "support",
    "kind": "content",
    "parent": "pathway",
    "slug": "support",
    "title": "How support works",
    "lead": "Three tiers.",
    "last_reviewed": date(2026, 11, 20),
    "body": [{"heading": "The rule"}],
}


def page_file(**changes):
    document = {**DOCUMENT, **changes}
    return PageFile.from_document("some.yaml", {key: value for key, value in document.items() if value is not None})


class TestPageFile:
    def test_reads_what_a_page_needs(self):
        read = page_file()
        assert (read.key, read.kind, read.parent) == ("support", "content", "pathway")
        assert read.fields["title"] == "How support works"
        assert read.body == (("heading", "The rule"),)

    def test_gives_a_home_page_its_main_heading(self):
        assert page_file(kind="home", parent=None, hero_title="Hello").fields["hero_title"] == "Hello"

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"title": None}, "add title"),
            ({"titel": "How"}, "take out titel"),
            ({"key": "How Support"}, "small letters"),
            ({"kind": "story"}, "“home” or “content”"),
            ({"parent": None}, "names its parent"),
            ({"kind": "home"}, "a home page has none"),
            ({"last_reviewed": "last week"}, "as a date"),
            ({"body": {"heading": "The rule"}}, "the body is a list"),
            ({"body": [{"heading": "One", "text": "Two"}]}, "the body is a list"),
        ],
    )
    def test_says_which_file_and_what_to_do(self, changes, sentence):
        with pytest.raises(BadPageFile) as problem:
            page_file(**changes)
        assert str(problem.value).startswith("some.yaml: ")
        assert sentence in str(problem.value)

    def test_refuses_a_file_that_holds_no_fields(self):
        with pytest.raises(BadPageFile, match="begin with"):
            PageFile.from_document("some.yaml", ["a list"])

    def test_turns_keys_into_pages_wherever_they_stand(self):
        text = 'Go to <a href="page:audit">the audit</a> or <a href="/audits/">start</a>.'
        cards = {"cards": [{"page": "page:audit", "text": "page: of a book"}]}
        blocks = page_file(body=[{"text": text}, {"cards": cards}]).blocks({"audit": 7}.__getitem__)
        assert blocks[0]["value"] == ('Go to <a linktype="page" id="7">the audit</a> or <a href="/audits/">start</a>.')
        assert blocks[1]["value"] == {"cards": [{"page": 7, "text": "page: of a book"}]}

    def test_gives_the_same_block_the_same_id_each_time(self):
        first, second = (page_file(body=[{"heading": "A"}, {"heading": "B"}]).blocks(int) for _ in range(2))
        assert [block["id"] for block in first] == [block["id"] for block in second]
        assert len({block["id"] for block in first}) == 2


class TestInOrder:
    def test_puts_parents_first(self):
        child, parent = page_file(), page_file(key="pathway", kind="home", parent=None)
        assert [file.key for file in in_order([child, parent])] == ["pathway", "support"]

    def test_refuses_two_pages_with_one_key(self):
        home = page_file(kind="home", parent=None)
        with pytest.raises(BadPageFile, match="Two files have the key “support”"):
            in_order([home, home])

    def test_refuses_a_parent_that_is_missing(self):
        with pytest.raises(BadPageFile, match="names the parent “pathway”"):
            in_order([page_file()])


class TestDigest:
    def test_does_not_see_what_a_reader_does_not_see(self):
        ours = {"body": [{"type": "text", "value": "<p>One</p> <p>Two</p>", "id": "a"}], "year": None}
        editors = {
            "year": "",
            "body": [{"id": "b", "type": "text", "value": '<p data-block-key="x">One</p><p>Two</p>'}],
        }
        assert digest(ours) == digest(editors)

    @pytest.mark.parametrize("text", ["<p>One</p><p>Three</p>", "<p>One</p><ul><li>Two</li></ul>", "<p>OneTwo</p>"])
    def test_sees_every_change_of_words(self, text):
        assert digest({"text": "<p>One</p><p>Two</p>"}) != digest({"text": text})

    def test_sees_a_change_of_date(self):
        assert digest({"on": date(2026, 11, 20)}) == digest({"on": "2026-11-20"}) != digest({"on": date(2026, 11, 21)})


class TestDecide:
    @pytest.mark.parametrize(
        ("page", "outcome", "reason"),
        [
            ({"current": "empty", "loaded": "", "live": False}, Outcome.CREATED, ""),
            ({"current": "new"}, Outcome.UNCHANGED, ""),
            ({"current": "new", "live": False, "draft": True}, Outcome.UNCHANGED, ""),
            ({"current": "old"}, Outcome.UPDATED, ""),
            ({"current": "old", "live": False}, Outcome.KEPT, "unpublished"),
            ({"current": "old", "draft": True}, Outcome.KEPT, "draft"),
            ({"current": "edited"}, Outcome.KEPT, "changed"),
        ],
    )
    def test_lets_editors_have_the_last_word(self, page, outcome, reason):
        decided, why = decide(**{"wanted": "new", "loaded": "old", "live": True, "draft": False, **page})
        assert decided is outcome
        assert reason in why


def test_a_report_tells_what_happened_and_counts_the_rest():
    report = Report(
        (
            ("home", Outcome.UNCHANGED, ""),
            ("audit", Outcome.UPDATED, ""),
            ("privacy", Outcome.KEPT, "an editor has changed it"),
        )
    )
    assert report.lines() == ["updated audit", "kept privacy: an editor has changed it", "unchanged: 1"]
    assert report.keys(Outcome.KEPT) == ["privacy"]
