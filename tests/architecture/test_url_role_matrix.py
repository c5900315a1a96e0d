"""What every address says to every role, at the own side and at another, written out by hand.

Rows: an address (audits in two states) and a method. Cells: what the role gets, `own:other` where the two differ;
each column's own side is the same one, so the other head and the other officer find theirs behind the colon.

in       200 or 204, or led on (302)           sign-in  led to sign in first       no    403
none     404: strangers are told of nothing    not      405: not by this method    bad   400    gone  410
"""

import pytest
from django.db import transaction
from django.utils import timezone

from tests import world as worlds
from tests.architecture.test_urls import ADDRESSES

pytestmark = pytest.mark.django_db

# Anybody at all; anybody who is signed in. One row stands for every role.
ANYBODY = """
healthz                               GET in   POST not
account_login                         GET in   POST in
account_logout                        GET in   POST in
account_inactive                      GET in   POST not
account_signup                        GET in   POST not
account_email_verification_sent       GET in   POST not
account_reset_password                GET in   POST in
account_reset_password_done           GET in   POST not
account_reset_password_from_key_done  GET in   POST not
account_reset_password_from_key       GET in   POST in
"""
SIGNED_IN = """
home                                  GET in   POST not
my_data                               GET in   POST not
my_data_file                          GET in   POST not
my_account                            GET in   POST not
close_account                         GET in   POST in
accounts                              GET in   POST not
correct_name                          GET in   POST in
account_email                         GET in   POST in
forget_new_address                    GET not  POST in
keep_alive                            GET not  POST in
sign_out_everywhere                   GET not  POST in
account_reauthenticate                GET in   POST in
account_change_password               GET in   POST in
account_set_password                  GET in   POST in
switch_place                          GET not  POST in
reflections                           GET in   POST not
new_reflection                        GET in   POST in
reflections_file                      GET in   POST not
reflections_booklet                   GET in   POST not
reflections_extract                   GET in   POST not
reflective_groups                     GET in   POST not
reflective_participation              GET in   POST not
shared_learning                       GET in   POST not
practice_examples                     GET in   POST not
"""
# The last two columns have no school: an editor of the words, and a superuser without a role.
BY_ROLE = """
                             nobody  staff core_team  acting_head head      other_head officer  other_officer coordinator editor superuser
account_confirm_email   GET  sign-in in    no         no          no        no         no       no            no          no     no
account_confirm_email   POST sign-in in    no         no          no        no         no       no            no          no     no
invitation              GET  in      in    in         in          in        in         in       in            in          in     in
invitation              POST in      gone  gone       gone        gone      gone       gone     gone          gone        gone   gone
invitation_withdraw     GET  sign-in not   not        not         not       not        not      not           not         not    not
invitation_withdraw     POST sign-in none  none       in:none     in:none   none:in    none     none          no          none   none
invitation_send_again   GET  sign-in not   not        not         not       not        not      not           not         not    not
invitation_send_again   POST sign-in none  none       in:none     in:none   none:in    none     none          no          none   none
school_list             GET  sign-in no    no         no          no        no         no       no            in          no     no
school_list             POST sign-in no    no         no          no        no         no       no            in          no     no
imports                 GET  sign-in no    no         no          no        no         no       no            in          no     no
imports                 POST sign-in no    no         no          no        no         no       no            in          no     no
import                  GET  sign-in no    no         no          no        no         no       no            in          no     no
import                  POST sign-in no    no         no          no        no         no       no            in          no     no
people                  GET  sign-in no    no         no          no        no         no       no            in          no     no
people                  POST sign-in no    no         no          no        no         no       no            in          no     no
give_schools            GET  sign-in no    no         no          no        no         no       no            in          no     no
give_schools            POST sign-in no    no         no          no        no         no       no            in          no     no
people_end_role         GET  sign-in no    no         no          no        no         no       no            in          no     no
people_end_role         POST sign-in no    no         no          no        no         no       no            in          no     no
school_team             GET  sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_team             POST sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_invite           GET  sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_invite           POST sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_role_history     GET  sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_role_history     POST sign-in none  none       not:none    not:none  none:not   none     none          none        none   none
school_hand_over        GET  sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_hand_over        POST sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_change_role      GET  sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_change_role      POST sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_end_role         GET  sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_end_role         POST sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
audit_list              GET  sign-in in    in         in          in        in         in       in            in          in     in
audit_list              POST sign-in no    no         in          in        in         no       no            no          no     no
audit/draft             GET  sign-in none  in:none    in:none     in:none   none:in    none     none          none        none   none
audit/draft             POST sign-in none  not:none   not:none    not:none  none:not   none     none          none        none   none
audit/submitted         GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
audit/submitted         POST sign-in none  not:none   not:none    not:none  none:not   not:none none:not      not         none   none
audit_check/draft       GET  sign-in none  in:none    in:none     in:none   none:in    none     none          none        none   none
audit_check/draft       POST sign-in none  no:none    in:none     in:none   none:in    none     none          none        none   none
audit_check/submitted   GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
audit_check/submitted   POST sign-in none  no:none    in:none     in:none   none:in    no:none  none:no       no          none   none
audit_withdraw/draft    GET  sign-in none  not:none   not:none    not:none  none:not   none     none          none        none   none
audit_withdraw/draft    POST sign-in none  no:none    in:none     in:none   none:in    none     none          none        none   none
audit_withdraw/submitted GET sign-in none  not:none   not:none    not:none  none:not   not:none none:not      not         none   none
audit_withdraw/submitted POST sign-in none no:none    in:none     in:none   none:in    no:none  none:no       no          none   none
audit_history/draft     GET  sign-in none  in:none    in:none     in:none   none:in    none     none          none        none   none
audit_history/draft     POST sign-in none  not:none   not:none    not:none  none:not   none     none          none        none   none
audit_history/submitted GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
audit_history/submitted POST sign-in none  not:none   not:none    not:none  none:not   not:none none:not      not         none   none
audit_theme/draft       GET  sign-in none  in:none    in:none     in:none   none:in    none     none          none        none   none
audit_theme/draft       POST sign-in none  bad:none   bad:none    bad:none  none:bad   none     none          none        none   none
audit_theme/submitted   GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
audit_theme/submitted   POST sign-in none  bad:none   bad:none    bad:none  none:bad   no:none  none:no       no          none   none
audit_results/draft     GET  sign-in none  in:none    in:none     in:none   none:in    none     none          none        none   none
audit_results/draft     POST sign-in none  not:none   not:none    not:none  none:not   none     none          none        none   none
audit_results/submitted GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
audit_results/submitted POST sign-in none  not:none   not:none    not:none  none:not   not:none none:not      not         none   none
audit_chart/draft       GET  sign-in none  in:none    in:none     in:none   none:in    none     none          none        none   none
audit_chart/draft       POST sign-in none  not:none   not:none    not:none  none:not   none     none          none        none   none
audit_chart/submitted   GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
audit_chart/submitted   POST sign-in none  not:none   not:none    not:none  none:not   not:none none:not      not         none   none
audit_report/draft      GET  sign-in none  in:none    in:none     in:none   none:in    none     none          none        none   none
audit_report/draft      POST sign-in none  not:none   not:none    not:none  none:not   none     none          none        none   none
audit_report/submitted  GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
audit_report/submitted  POST sign-in none  not:none   not:none    not:none  none:not   not:none none:not      not         none   none
audit_answers/draft     GET  sign-in none  in:none    in:none     in:none   none:in    none     none          none        none   none
audit_answers/draft     POST sign-in none  not:none   not:none    not:none  none:not   none     none          none        none   none
audit_answers/submitted GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
audit_answers/submitted POST sign-in none  not:none   not:none    not:none  none:not   not:none none:not      not         none   none
reflection               GET  sign-in in:none  in:none    none        none      none       none     none          none          none   none
reflection               POST sign-in not:none not:none   none        none      none       none     none          none          none   none
edit_reflection          GET  sign-in in:none  none       none        none      none       none     none          none          none   none
edit_reflection          POST sign-in not:none none       none        none      none       none     none          none          none   none
reflection_step          GET  sign-in in:none  none       none        none      none       none     none          none          none   none
reflection_step          POST sign-in bad:none none       none        none      none       none     none          none          none   none
reflection_thread        GET  sign-in in:none  none       none        none      none       none     none          none          none   none
reflection_thread        POST sign-in not:none none       none        none      none       none     none          none          none   none
delete_reflection        GET  sign-in in:none  none       none        none      none       none     none          none          none   none
delete_reflection        POST sign-in in:none  none       none        none      none       none     none          none          none   none
share_reflection         GET  sign-in in:none  none       none        none      none       none     none          none          none   none
share_reflection         POST sign-in in:none  none       none        none      none       none     none          none          none   none
share_with_group         GET  sign-in in:none  none       none        none      none       none     none          none          none   none
share_with_group         POST sign-in in:none  none       none        none      none       none     none          none          none   none
share_learning           GET  sign-in in:none  none       none        none      none       none     none          none          none   none
share_learning           POST sign-in in:none  none       none        none      none       none     none          none          none   none
propose_example          GET  sign-in in:none  none       none        none      none       none     none          none          none   none
propose_example          POST sign-in in:none  none       none        none      none       none     none          none          none   none
comment_on_reflection    GET  sign-in in:none  in:none    none        none      none       none     none          none          none   none
comment_on_reflection    POST sign-in in:none  in:none    none        none      none       none     none          none          none   none
new_reflective_group     GET  sign-in in:none  in:none    in:none     in:none   none:in    none     none          none          none   none
new_reflective_group     POST sign-in in:none  in:none    in:none     in:none   none:in    none     none          none          none   none
reflective_group         GET  sign-in in:none  in:none    none        none      none       none     none          none          none   none
reflective_group         POST sign-in not:none not:none   none        none      none       none     none          none          none   none
add_to_reflective_group  GET  sign-in in:none  in:none    none        none      none       none     none          none          none   none
add_to_reflective_group  POST sign-in in:none  in:none    none        none      none       none     none          none          none   none
leave_reflective_group   GET  sign-in in:none  in:none    none        none      none       none     none          none          none   none
leave_reflective_group   POST sign-in in:none  in:none    none        none      none       none     none          none          none   none
shared_learning_words    GET  sign-in in:none  in:none    in:none     in:none   none:in    in:none  none:in       in            none   none
shared_learning_words    POST sign-in not:none not:none   not:none    not:none  none:not   not:none none:not      not           none   none
practice_example         GET  sign-in in:none  none       in:none     in:none   none:in    in:none  none:in       none          none   none
practice_example         POST sign-in no:none  none       no:none     no:none   none:no    no:none  none:no       none          none   none
exceptional_accesses     GET  sign-in no       no         no          no        no         in       in            in            no     no
exceptional_accesses     POST sign-in no       no         no          no        no         in       in            in            no     no
exceptional_access       GET  sign-in none     none       none        none      none       in:none  none:in       in            none   none
exceptional_access       POST sign-in none     none       none        none      none       in:none  none:in       in            none   none
exceptionally_open       GET  sign-in none     none       none        none      none       no:none  none:no       no            none   none
exceptionally_open       POST sign-in none     none       none        none      none       not:none none:not      not           none   none
"""  # noqa: E501
STATES = ("draft", "submitted")
WORDS = {200: "in", 204: "in", 302: "in", 303: "in", 400: "bad", 403: "no", 404: "none", 405: "not", 410: "gone"}


def rows():
    """(address, method, {role: (own, other)}) of every line above."""
    for table, nobody in ((ANYBODY, None), (SIGNED_IN, "sign-in")):
        for line in table.strip().splitlines():
            name, _get, get, _post, post = line.split()
            for method, cell in (("GET", get), ("POST", post)):
                yield (
                    name,
                    method,
                    {role: (nobody if nobody and role == "nobody" else cell,) * 2 for role in worlds.ROLES},
                )
    header, *lines = BY_ROLE.strip().splitlines()
    for line in lines:
        name, method, *cells = line.split()
        both = (cell.split(":") for cell in cells)
        yield name, method, {r: (c[0], c[-1]) for r, c in zip(header.split(), both, strict=True)}


ROWS = list(rows())
NAMES = {address.name for address in ADDRESSES if not address.is_wagtails} - {"gallery"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build(timezone.now())
        transaction.set_rollback(True)


@pytest.mark.parametrize(("name", "method", "expected"), [pytest.param(*row, id=f"{row[0]}-{row[1]}") for row in ROWS])
def test_every_role_gets_what_the_table_says(world, monkeypatch, name, method, expected):
    monkeypatch.setattr("support.pdf.render", lambda report: b"%PDF-")  # who gets it is asked here, not what is in it
    wrong = []
    for role, cells in expected.items():
        for side, cell in zip((world.own, world.other), cells, strict=True):
            address = worlds.address(world, side, name)
            with worlds.undone():
                answer = getattr(world.client(role), method.lower())(address)
            if (found := said(answer)) != cell:
                wrong.append(f"{role} at {side.name}: {found}, not {cell}")

    assert wrong == []


def said(answer):
    """The table's word for an answer."""
    if answer.status_code in {302, 303} and answer.url.startswith("/accounts/login/?next="):
        return "sign-in"
    return WORDS.get(answer.status_code, str(answer.status_code))


def test_every_address_has_a_row_for_each_method():
    told = {(name.partition("/")[0], method) for name, method, _cells in ROWS}

    assert told == {(name, method) for name in NAMES for method in ("GET", "POST")}


def test_what_is_about_an_audit_has_a_row_for_each_state():
    of_audits = {a.name for a in ADDRESSES if a.route.startswith("audits/<int:pk>/")}

    assert {name for name, _method, _cells in ROWS if "/" in name} == {f"{n}/{s}" for n in of_audits for s in STATES}


def test_every_role_has_a_column():
    assert all(set(cells) == set(worlds.ROLES) for _name, _method, cells in ROWS)
