"""The picture of a result at its address."""

import re

import pytest
from django.urls import reverse

from support import charting, reports
from tests.support.examples import everywhere

pytestmark = pytest.mark.django_db


class TestTheChart:
    def address(self, audit, digest=None):
        digest = digest or reports.build(audit, now=audit.started_at).chart_digest
        return reverse("audit_chart", args=[audit.pk, digest])

    def test_is_a_picture_that_may_be_kept_for_long(self, submitted, as_user, head):
        audit = submitted(everywhere(3))
        response = as_user(head).get(self.address(audit))
        assert response.headers["Content-Type"] == "image/svg+xml"
        assert response.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert response.content == charting.picture(reports.build(audit, now=audit.started_at).chart)

    def test_is_not_sent_twice(self, submitted, as_user, head):
        address = self.address(submitted(everywhere(3)))
        tag = as_user(head).get(address).headers["ETag"]
        assert as_user(head).get(address, headers={"If-None-Match": tag}).status_code == 304

    def test_an_old_address_leads_to_the_picture_of_today(self, submitted, as_user, head):
        audit = submitted(everywhere(3))
        response = as_user(head).get(self.address(audit, "0" * 64))
        assert response.status_code == 302
        assert response.headers["Location"].partition("?")[0] == self.address(audit)

    def with_key(self, audit, digest):
        return f"{self.address(audit, digest)}?key={charting.key(audit.pk, digest)}"

    def test_with_the_pages_own_address_it_is_sent_without_working_the_report_out_again(
        self, submitted, as_user, head, monkeypatch
    ):
        audit = submitted(everywhere(3))
        drawn = as_user(head).get(self.address(audit)).content
        digest = reports.build(audit, now=audit.started_at).chart_digest
        monkeypatch.setattr(reports, "build", None)
        response = as_user(head).get(self.with_key(audit, digest))
        assert response.content == drawn
        assert response.headers["Cache-Control"] == "private, max-age=31536000, immutable"

    def test_with_its_key_it_is_drawn_when_nobody_has_drawn_it(self, submitted, as_user, head, settings, tmp_path):
        settings.VAR_DIR = tmp_path
        audit = submitted(everywhere(3))
        digest = reports.build(audit, now=audit.started_at).chart_digest
        assert as_user(head).get(self.with_key(audit, digest)).content.startswith(b"<?xml")

    def test_another_schools_key_opens_nothing(self, submitted, as_user, head, stranger):
        audit = submitted(everywhere(3))
        digest = reports.build(audit, now=audit.started_at).chart_digest
        as_user(head).get(self.with_key(audit, digest))
        assert as_user(stranger).get(self.with_key(audit, digest)).status_code == 404
        guessed = f"{self.address(audit, digest)}?key={charting.key(audit.pk + 1, digest)}"
        assert as_user(stranger).get(guessed).status_code == 404

    def test_a_role_that_has_ended_opens_it_no_more(self, submitted, as_user, core_member, now):
        audit = submitted(everywhere(3))
        digest = reports.build(audit, now=audit.started_at).chart_digest
        browser = as_user(core_member)
        assert browser.get(self.with_key(audit, digest)).status_code == 200
        core_member.memberships.update(ended=now)
        assert browser.get(self.with_key(audit, digest)).status_code == 404

    def test_a_stranger_finds_none(self, submitted, as_user, stranger):
        audit = submitted(everywhere(3))
        assert as_user(stranger).get(self.address(audit)).status_code == 404
        assert as_user(stranger).get(self.address(audit, "0" * 64)).status_code == 404

    def test_the_page_shows_it_with_its_sentence_and_its_size(self, submitted, as_user, head):
        audit = submitted(everywhere(3))
        browser = as_user(head)
        browser.get(self.address(audit))
        html = browser.get(reverse("audit_results", args=[audit.pk])).content.decode()
        sentence = "Ready to start. Support for the eight themes: universal for all of them."
        image = re.search(r'<img class="chart__image"[^>]*>', html)[0]
        assert f'src="{self.address(audit)}?key=' in image
        assert f'alt="{sentence}"' in image
        assert re.search(r'width="\d+" height="\d+"', image)
        assert f'<p class="reading">{sentence}</p>' in html
