"""What somebody sees in the terminal when the site starts."""

import re

from config.demo import ACCOUNTS


def test_the_address_and_the_accounts_are_the_last_words(own_site):
    audits = "from readiness.models import Audit; print(Audit.objects.count())"
    assert int(own_site.manage(audits)) > 0  # the story has been told, which leaves the worker much to do
    said = (own_site.var / "server.log").read_text()
    assert own_site.url in said
    assert re.findall(r"\S+@demo\.example", said) == [account.email for account in ACCOUNTS]
    assert said.strip().splitlines()[-1].split()[0] == ACCOUNTS[-1].email
