"""What somebody else may have done on one's own side between the page and the post. The page is stale then."""

from django.utils import timezone

from readiness import actions
from readiness.domain.said import Said
from schools import actions as schools
from schools.models import Invitation, Membership


def a_colleague_answers(world):
    """Every statement of every theme of the draft, with words and a level that no page has shown."""
    _answer(world.own.draft, "A colleague was quicker.")


def a_colleague_submits(world):
    """The draft, complete."""
    _answer(world.own.draft, "A colleague has finished it.")
    actions.submit(audit=world.own.draft, by=world.own.people["acting_head"], now=timezone.now())


def the_review_begins(world):
    actions.begin_review(audit=world.own.submitted, by=world.own.people["officer"], now=timezone.now())


def a_colleague_takes_it_back(world):
    actions.withdraw_submission(audit=world.own.submitted, by=world.own.people["head"], now=timezone.now())


def a_colleague_starts_an_audit(world):
    actions.start_audit(school=world.own.third, by=world.own.people["head"], now=timezone.now())


def every_role_of_the_school_ends(world):
    Membership.objects.filter(school=world.own.school).update(ended=timezone.now())


def the_role_ends(world):
    Membership.objects.filter(pk=world.own.membership.pk).update(ended=timezone.now())


def the_invitation_is_withdrawn(world):
    Invitation.objects.filter(pk=world.own.invitation.pk).update(withdrawn_at=timezone.now())


def the_invitation_is_accepted(world):
    schools.accept(
        token=world.own.token, now=timezone.now(), first_name="Ishbel", last_name="Grant", password="kettle lantern"
    )


def the_file_is_applied(world):
    schools.apply_import(import_=world.waiting_import, by=world.people["coordinator"], now=timezone.now())


def the_school_closes(world):
    type(world.own.school).objects.filter(pk=world.own.school.pk).update(closed=timezone.localdate())


ANYWHERE = (every_role_of_the_school_ends, the_school_closes)
BEFORE = {
    "audit_theme": (a_colleague_answers, a_colleague_answers, a_colleague_answers, a_colleague_submits),
    "audit_check": (a_colleague_answers, a_colleague_submits, the_review_begins, a_colleague_takes_it_back),
    "audit_withdraw": (the_review_begins, a_colleague_takes_it_back),
    "audit_list": (a_colleague_starts_an_audit,),
    "import": (the_file_is_applied,),
    "imports": (the_file_is_applied,),
    "invitation": (the_invitation_is_withdrawn, the_invitation_is_accepted),
    "invitation_send_again": (the_invitation_is_withdrawn, the_invitation_is_accepted),
    "invitation_withdraw": (the_invitation_is_withdrawn, the_invitation_is_accepted),
    "people_end_role": (the_role_ends,),
    "school_change_role": (the_role_ends,),
    "school_end_role": (the_role_ends,),
}


def before(name):
    """What may happen before a post of this form, nothing at all among it."""
    return [None, None, None, *BEFORE.get(name, ()), *ANYWHERE]


def _answer(audit, words):
    rows, blank = audit.answers_of("school"), Said().seen_as(0)
    typed = []
    for statement in audit.framework.statements:
        row = rows.get(statement.slug)
        typed.append(
            actions.Typed(statement.slug, Said(4, evidence=words), row.said.seen_as(row.revision) if row else blank)
        )
    actions.save_answers(audit=audit, typed=typed, by=audit.started_by, now=timezone.now())
