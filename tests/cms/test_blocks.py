import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.template import Context, Template

from cms.blocks import BodyBlock, CallToActionBlock, HomeBodyBlock, with_addresses
from tests.cms.factories import ContentPageFactory

TEXT = "<p>Words with <b>weight</b>.</p>"
SAMPLES = {
    "heading": "How it works",
    "text": TEXT,
    "inset": {"text": "A thought on its own."},
    "steps": {"steps": [{"title": "First", "text": TEXT}, {"title": "Then", "text": TEXT}]},
    "key_number": {"figure": "2,336", "words": "people trained", "source": "The programme", "year": "2016"},
    "call_to_action": {"words": "Read more", "address": "/pathway/"},
    "details": {"summary": "More", "text": TEXT},
    "start": None,
    "cards": {"heading": "Find out more", "cards": []},
}


def body(*pieces):
    """A body of these (kind, value) pieces, as stored."""
    return HomeBodyBlock().to_python([{"type": kind, "value": value} for kind, value in pieces])


def shown(*pieces, **context):
    """What a reader gets of these pieces."""
    template = Template("{% load wagtailcore_tags %}{% for block in body %}{% include_block block %}{% endfor %}")
    return BeautifulSoup(template.render(Context({"body": body(*pieces), **context})), "html.parser")


def test_every_block_has_a_sample():
    assert set(SAMPLES) == set(HomeBodyBlock().child_blocks)


def test_only_the_home_page_has_cards():
    assert set(HomeBodyBlock().child_blocks) - set(BodyBlock().child_blocks) == {"cards"}


@pytest.mark.parametrize(
    ("kind", "marks"),
    [
        ("heading", "h2"),
        ("text", "p b"),
        ("inset", ".ds_inset-text p"),
        ("steps", "ol > li p b"),
        ("key_number", "strong"),
        ("call_to_action", "a.ds_button[href='/pathway/']"),
        ("details", "details > summary + div b"),
        ("start", "a.ds_button[href='/accounts/login/']"),
        ("cards", "h2 + ul"),
    ],
)
def test_each_block_shows_itself_in_plain_html(db, kind, marks):
    assert shown((kind, SAMPLES[kind])).select(marks)


def test_no_block_needs_inline_style_or_script(db):
    html = shown(*SAMPLES.items())
    assert not html.select("[style], script, style")


class TestInset:
    def test_becomes_a_quotation_with_its_speaker(self):
        html = shown(("inset", {"text": "We laughed again.", "said_by": "a depute head"}))
        assert html.blockquote.get_text(strip=True) == "We laughed again."
        assert html.figcaption.get_text(strip=True) == "a depute head"


class TestKeyNumber:
    def test_names_its_source_and_year(self):
        assert "Source: The programme, 2016" in shown(("key_number", SAMPLES["key_number"])).get_text()

    def test_says_so_where_the_source_gives_no_year(self):
        html = shown(("key_number", {**SAMPLES["key_number"], "year": ""}))
        assert "Source: The programme, year not given" in html.get_text()


class TestStart:
    def test_leads_somebody_who_has_signed_in_to_the_audits(self, rf, head):
        request = rf.get("/")
        request.user = head
        link = shown(("start", None), request=request).a
        assert (link.get_text(), link["href"]) == ("Go to your audits", "/audits/")


class TestLinks:
    def test_lead_to_the_page_that_was_chosen(self, home):
        page = ContentPageFactory(parent=home, slug="there")
        html = shown(("call_to_action", {"words": "Go", "page": page.pk}))
        assert html.a["href"] == "/there/"

    def test_on_cards_use_the_pages_own_title_unless_there_is_another(self, home):
        page = ContentPageFactory(parent=home, slug="there", title="Own title")
        cards = [{"page": page.pk, "text": "Words"}, {"page": page.pk, "title": "Other", "text": "Words"}]
        html = shown(("cards", {"heading": "More", "cards": cards}))
        assert [link.get_text() for link in html.select("h3 a[href='/there/']")] == ["Own title", "Other"]

    def test_are_not_shown_for_pages_that_are_not_live(self, home):
        page = ContentPageFactory(parent=home, live=False)
        card = {"page": page.pk, "text": "Words"}
        html = shown(
            ("call_to_action", {"words": "Go", "page": page.pk}), ("cards", {"heading": "More", "cards": [card]})
        )
        assert html.find("a") is None

    def test_in_text_are_resolved_by_the_page_around_it(self, home):
        html = shown(("text", '<p><a linktype="page" id="7">Go</a></p>'), page_urls={"7": "/a/?b&c"})
        assert html.a["href"] == "/a/?b&c"

    def test_in_text_outside_a_page_are_resolved_all_the_same(self, home):
        page = ContentPageFactory(parent=home, slug="there")
        assert shown(("text", f'<p><a linktype="page" id="{page.pk}">Go</a></p>')).a["href"] == "/there/"

    def test_to_pages_without_an_address_become_plain_text(self):
        assert with_addresses('<a linktype="page" id="7">Go</a>', {}) == "<a>Go</a>"

    def test_to_other_places_stay_as_they_are(self):
        assert with_addresses('<a href="/audits/">Go</a>', {}) == '<a href="/audits/">Go</a>'


class TestCallToAction:
    @pytest.mark.parametrize("address", ["/pathway/", "https://example.org/page"])
    def test_takes_an_address(self, address):
        block = CallToActionBlock()
        assert block.clean(block.to_python({"words": "Go", "address": address}))["address"] == address

    @pytest.mark.parametrize("address", ["", "pathway", "//example.org", "http://example.org", "javascript:alert(1)"])
    def test_refuses_what_leads_nowhere_safe(self, address):
        block = CallToActionBlock()
        with pytest.raises(ValidationError):
            block.clean(block.to_python({"words": "Go", "address": address}))

    def test_refuses_two_places_at_once(self, home):
        block = CallToActionBlock()
        with pytest.raises(ValidationError) as refusal:
            block.clean(block.to_python({"words": "Go", "page": home.pk, "address": "/"}))
        assert "one of the two" in str(refusal.value.as_json_data())


class TestBody:
    def test_refuses_a_smaller_heading_that_stands_alone(self):
        with pytest.raises(ValidationError) as refusal:
            HomeBodyBlock().clean(body(("text", "<h3>Small</h3><p>Words</p>"), ("heading", "Big")))
        assert list(refusal.value.block_errors) == [0]

    @pytest.mark.parametrize("above", [("heading", "Big"), ("steps", SAMPLES["steps"])])
    def test_takes_a_smaller_heading_only_under_a_heading(self, above):
        pieces = body(above, ("text", "<h3>Small</h3>"))
        if above[0] == "heading":
            assert HomeBodyBlock().clean(pieces)
        else:
            with pytest.raises(ValidationError):
                HomeBodyBlock().clean(pieces)
