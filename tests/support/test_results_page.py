import io
import re
from datetime import timedelta
from html.parser import HTMLParser

import openpyxl
import pypdf
import pytest
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import Page, Site

from readiness import actions
from readiness.domain.scoring import profile
from readiness.models import ThemeScore
from support import reports
from support.models import Offer
from tests.factories import MembershipFactory, SessionFactory
from tests.support.examples import everywhere, example, framework

WORKED = [one.id for one in framework().worked_examples]

pytestmark = pytest.mark.django_db


def results(audit):
    return reverse("audit_results", args=[audit.pk])


class Rows(HTMLParser):
    """The tiers by theme and the outcome, as anybody can read them from the page's marks."""

    def __init__(self, html):
        super().__init__()
        self.tiers, self.outcome, self.links = {}, "", []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if "data-theme" in given:
            assert tag == "tr"
            self.tiers[given["data-theme"]] = given["data-tier"]
        self.outcome = given.get("data-outcome", self.outcome)
        if tag == "a":
            self.links.append(given.get("href"))


class TestThePage:
    @pytest.mark.parametrize("name", WORKED)
    def test_the_worked_examples_read_as_stated(self, name, submitted, as_user, head):
        stated = next(one for one in framework().worked_examples if one.id == name)
        audit = submitted(example(name))
        html = as_user(head).get(results(audit)).content.decode()
        found = Rows(html)
        assert found.outcome == stated.outcome
        assert found.tiers == {theme.slug: "universal" for theme in framework().themes} | dict(
            stated.tiers_not_universal
        )
        for slug in stated.essentials_unmet:
            assert escape(framework().statement(slug).text.removesuffix(".")) in html

    def test_what_would_change_it_is_a_sentence_and_a_list(self, submitted, as_user, head):
        html = as_user(head).get(results(submitted(example("strong-but-no-room")))).content.decode()
        assert "One thing would move you to Ready to start:" in html
        assert "joining up other work’</span>: from Not yet to Getting started" in html

    def test_a_draft_is_marked_and_links_to_where_answers_are_changed(self, answered, as_user, head):
        answers = everywhere(3) | {"made-room": 1}
        del answers["calm-places"]
        audit = answered(answers)
        html = as_user(head).get(results(audit)).content.decode()
        assert "What this would say today" in html
        assert "This has not been submitted." in html
        links = Rows(html).links
        assert f"/audits/{audit.pk}/safe-base/#calm-places" in links
        assert f"/audits/{audit.pk}/time-and-fit/#made-room" in links

    def test_a_locked_audit_has_no_such_links(self, submitted, as_user, head):
        audit = submitted(everywhere(3) | {"made-room": 1})
        links = Rows(as_user(head).get(results(audit)).content.decode()).links
        assert not [link for link in links if link.endswith("#made-room")]

    def test_an_officer_reads_a_returned_audit_without_links(self, submitted, as_user, officer, now):
        audit = submitted(everywhere(3) | {"made-room": 1})
        actions.begin_review(audit=audit, by=officer, now=now)
        actions.return_to_school(audit=audit, by=officer, now=now, reason="Please look at made-room again.")
        html = as_user(officer).get(results(audit)).content.decode()
        assert "has not been submitted again" in html
        assert not [link for link in Rows(html).links if link.endswith("#made-room")]

    def test_an_agreed_audit_says_when_and_by_whom(self, agreed, as_user, officer):
        html = as_user(officer).get(results(agreed(everywhere(3)))).content.decode()
        assert f"Agreed on 20 November 2026 by {officer}." in html
        assert "provisional" not in html

    def test_shows_what_has_moved_since_last_time(self, agreed, submitted, as_user, head, now):
        SessionFactory(year=2025)
        agreed(example("early-days"), now=now - timedelta(days=300))
        html = as_user(head).get(results(submitted(everywhere(3)))).content.decode()
        assert "In 2025/26 the outcome was Ready to start with agreed support; it is now Ready to start." in html

    def test_the_help_is_the_offers_of_the_database(self, submitted, as_user, head, now):
        Offer.objects.filter(code="tf-i1").update(title="Cover found & kept")
        Offer.objects.filter(code="tf-i2").update(retired_at=now)
        html = as_user(head).get(results(submitted(example("strong-but-no-room")))).content.decode()
        assert "Cover found &amp; kept" in html
        assert "Smaller start" not in html

    def test_an_offer_with_a_published_page_links_to_it(self, submitted, as_user, head):
        home = Site.objects.get(is_default_site=True).root_page
        page = home.add_child(instance=Page(title="Cover", slug="cover"))
        draft = home.add_child(instance=Page(title="Not yet", slug="not-yet", live=False))
        audit = submitted(example("strong-but-no-room"))
        Offer.objects.filter(code="tf-i1").update(page=page)
        Offer.objects.filter(code="tf-i2").update(page=draft)
        links = Rows(as_user(head).get(results(audit)).content.decode()).links
        assert "/cover/" in links
        assert "/not-yet/" not in links

    def test_what_a_person_typed_is_escaped(self, submitted, as_user, head, school):
        school.name = "<script>alert(1)</script>"
        school.save()
        html = as_user(head).get(results(submitted(everywhere(3)))).content.decode()
        assert "<script>alert(1)" not in html
        assert "&lt;script&gt;alert(1)" in html

    def test_has_no_inline_style_or_script(self, submitted, as_user, head):
        html = as_user(head).get(results(submitted(everywhere(1)))).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", html)

    def test_is_kept_by_nobody_on_the_way(self, submitted, as_user, head):
        assert as_user(head).get(results(submitted(everywhere(3)))).headers["Cache-Control"] == "private, no-cache"

    def test_asks_the_database_little(self, agreed, answered, as_user, head, now, django_assert_max_num_queries):
        SessionFactory(year=2025)
        agreed(example("early-days"), now=now - timedelta(days=300))
        audit = answered(everywhere(3))
        home = Site.objects.get(is_default_site=True).root_page
        Offer.objects.update(page=home.add_child(instance=Page(title="Help", slug="help")))
        browser = as_user(head)
        browser.get(results(audit))
        with django_assert_max_num_queries(10):
            browser.get(results(audit))


class TestThePageIsKept:
    """The page's body is drawn once for what it shows; whatever changes what it shows draws it again."""

    @pytest.fixture
    def page(self, as_user, head):
        browser = as_user(head)
        return lambda audit, browser=browser: browser.get(results(audit)).content.decode()

    def test_for_the_same_result(self, submitted, page, monkeypatch):
        audit = submitted(example("early-days"))
        first = page(audit)
        monkeypatch.setattr("support.views.render_to_string", None)
        monkeypatch.setattr(reports, "compose", None)
        assert re.sub(r'value="[^"]{64}"', "", page(audit)) == re.sub(r'value="[^"]{64}"', "", first)

    def test_an_offer_that_changes_or_goes(self, submitted, page, now):
        audit = submitted(example("strong-but-no-room"))
        assert "A kitchen" not in page(audit)
        Offer.objects.filter(code="tf-i1").update(title="A kitchen")
        assert "A kitchen" in page(audit)
        Offer.objects.filter(code="tf-i1").update(retired_at=now)
        assert "A kitchen" not in page(audit)

    def test_an_offers_page_that_goes_offline(self, submitted, page):
        home = Site.objects.get(is_default_site=True).root_page
        leaflet = home.add_child(instance=Page(title="Leaflet", slug="leaflet"))
        Offer.objects.filter(code="tf-i1").update(page=leaflet)
        audit = submitted(example("strong-but-no-room"))
        assert "/leaflet/" in page(audit)
        leaflet.unpublish()
        assert "/leaflet/" not in page(audit)

    def test_the_name_of_the_school_and_of_the_person(self, submitted, page, school, head):
        audit = submitted(everywhere(3))
        page(audit)
        school.name = "New Name Primary School"
        school.save()
        head.first_name, head.last_name = "Morag", "Newname"
        head.save()
        assert "New Name Primary School" in page(audit)
        assert "by Morag Newname." in page(audit)

    def test_an_answer(self, answered, page):
        audit = answered(everywhere(3))
        page(audit)
        audit.answers.filter(statement="made-room").update(level=1)
        assert "Time, people and fit" in page(audit)
        assert 'data-theme="time-and-fit" data-tier="intensive"' in page(audit)

    def test_who_reads_it(self, submitted, page, as_user, officer, head, now):
        audit = submitted(everywhere(3) | {"made-room": 1})
        actions.begin_review(audit=audit, by=officer, now=now)
        actions.return_to_school(audit=audit, by=officer, now=now, reason="Please look at made-room again.")
        assert "#made-room" in page(audit)
        assert "#made-room" not in page(audit, as_user(officer))

    def test_an_empty_draft_says_when_it_was_made_each_time(self, answered, page):
        audit = answered({})
        assert "What this would say today" in page(audit)
        assert reports.build_with_digest(audit, now=audit.started_at)[1] == ""


@pytest.mark.parametrize("name", ["audit_results", "audit_report", "audit_answers"])
class TestWhoMayRead:
    def test_the_school_and_its_officer(self, name, submitted, as_user, head, core_member, officer, coordinator):
        address = reverse(name, args=[submitted(everywhere(3)).pk])
        for person in (head, core_member, officer, coordinator):
            assert as_user(person).get(address).status_code == 200

    def test_nobody_else(self, name, submitted, as_user, staff_member, stranger, superuser):
        address = reverse(name, args=[submitted(everywhere(3)).pk])
        elsewhere = MembershipFactory(officer=True).user
        for person in (staff_member, stranger, superuser, elsewhere):
            assert as_user(person).get(address).status_code == 404

    def test_a_draft_is_the_schools_own(self, name, answered, as_user, head, core_member, officer, coordinator):
        address = reverse(name, args=[answered(everywhere(3)).pk])
        assert [as_user(person).get(address).status_code for person in (head, core_member)] == [200, 200]
        assert [as_user(person).get(address).status_code for person in (officer, coordinator)] == [404, 404]

    def test_a_stranger_without_a_name_is_sent_to_sign_in(self, name, submitted, client):
        address = reverse(name, args=[submitted(everywhere(3)).pk])
        assert client.get(address).headers["Location"] == f"/accounts/login/?next={address}"

    def test_nothing_is_changed_here(self, name, submitted, as_user, head):
        assert as_user(head).post(reverse(name, args=[submitted(everywhere(3)).pk])).status_code == 405


class TestDownloads:
    def test_the_pdf_is_named_and_says_the_outcome(self, submitted, as_user, head):
        response = as_user(head).get(reverse("audit_report", args=[submitted(example("early-days")).pk]))
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Content-Disposition"] == (
            'attachment; filename="readiness-audit-sample-primary-school-2026-27.pdf"'
        )
        assert (
            "Ready to start with agreed support"
            in pypdf.PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
        )

    def test_the_spreadsheet_is_named_and_holds_the_answers(self, submitted, as_user, head):
        response = as_user(head).get(reverse("audit_answers", args=[submitted(everywhere(3)).pk]))
        assert response.headers["Content-Disposition"] == (
            'attachment; filename="readiness-audit-sample-primary-school-2026-27.xlsx"'
        )
        sheet = openpyxl.load_workbook(io.BytesIO(response.content))["Answers"]
        assert sheet.max_row == 37
        assert sheet["J2"].value == str(head)


class TestVerify:
    def test_a_submitted_and_an_agreed_audit_give_the_same_again(self, agreed):
        audit = agreed(example("early-days"))
        assert ThemeScore.objects.filter(audit=audit).count() == 16
        assert reports.verify(audit) == ()

    def test_while_the_school_may_change_answers_there_is_nothing_to_compare(self, answered):
        assert reports.verify(answered(everywhere(3))) == ()

    def test_a_changed_score_is_found(self, submitted):
        audit = submitted(everywhere(3))
        audit.theme_scores.filter(theme="safe-base").update(total=11)
        (found,) = reports.verify(audit)
        assert (found.theme, found.voice, found.kept[0], found.worked_out[0]) == ("safe-base", "school", 11, 12)

    def test_a_changed_answer_is_found(self, submitted):
        audit = submitted(everywhere(3))
        audit.answers.filter(statement="calm-places").update(level=1)
        assert [one.theme for one in reports.verify(audit)] == ["safe-base"]

    def test_a_score_that_is_missing_is_found(self, agreed):
        audit = agreed(everywhere(3))
        audit.theme_scores.filter(theme="safe-base", voice="agreed").delete()
        (found,) = reports.verify(audit)
        assert (found.theme, found.voice, found.kept) == ("safe-base", "agreed", None)


def test_the_report_is_scored_by_the_version_that_the_audit_answers(submitted, published):
    audit = submitted(example("early-days"))
    facts = {fact.name: fact for fact in reports.build(audit, now=audit.started_at).verification}
    assert facts["Digest of the version"].full == published.digest
    assert profile(published.as_framework(), example("early-days")).outcome.key == "ready_with_support"
