"""The addresses of the product with real ids of one side of the small partnership (tests/world.py)."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from tests.world import Side, World


def _of_plans(side: "Side") -> dict[str, dict[str, object]]:
    """What the addresses of plans, and of agreeing one, are made of."""
    plan, theme = {"pk": side.plan.pk}, "time-and-fit"
    agreeing = {"pk": side.moderated.pk, "theme": theme}
    step = {**plan, "step": side.step.pk}
    return {
        "agree": {"pk": side.moderated.pk},
        "agree_theme": agreeing,
        "agree_step_add": agreeing,
        "agree_step": {**agreeing, "place": 0},
        "plan": plan,
        "plan_pdf": plan,
        "plan_step_add": {**plan, "theme": theme},
        "plan_step": step,
        "plan_step_done": step,
        "plan_step_drop": step,
        "plan_step_again": step,
        "plan_help": {**plan, "chosen": side.help.pk},
        "plan_review": {**plan, "review": side.review.pk},
        "calendar_feed": {"token": "no-such-token"},
    }


def address(world: "World", side: "Side", name: str) -> str:
    """The address of this name with real ids of this side. `audit_check/submitted` is about the submitted audit."""
    name, _slash, state = name.partition("/")
    if name in OF_REFLECTIONS:
        return reverse(name, kwargs=_of_reflections(side, name))
    audit = getattr(side, state or "draft")
    of_an_audit = {
        "audit_chart": {"pk": audit.pk, "digest": "0" * 64},
        "audit_change_chart": {"pk": audit.pk, "digest": "0" * 64},
        "audit_theme": {"pk": audit.pk, "step": audit.framework.themes[0].slug},
    }
    of_a_role = {"pk": side.school.pk, "membership": side.membership.pk}
    ids = {
        "people_end_role": {"membership": side.led.pk},
        "import": {"pk": world.waiting_import.pk},
        "invitation": {"token": side.token},
        "invitation_withdraw": {"invitation": side.invitation.pk},
        "invitation_send_again": {"invitation": side.invitation.pk},
        "account_confirm_email": {"key": world.email_key},
        "account_reset_password_from_key": world.reset_key,
        **_of_rounds(world),
        **_of_plans(side),
        "tie_end": {"tie": side.tie.pk},
        "tie_withdraw": {"tie": side.tie.pk},
        **{of: {"slug": side.locality.slug} for of in ("locality", "locality_nudge", "locality_demand")},
        "school_change_role": of_a_role,
        "school_end_role": of_a_role,
        **of_an_audit,
    }
    if name in ids:
        return reverse(name, kwargs=ids[name])
    if name == "visit" or name.startswith("visit_"):
        return reverse(name, kwargs={"pk": (audit if state else side.visited).pk})
    if name.startswith("school_") and name != "school_list":
        return reverse(name, kwargs={"pk": side.school.pk})
    if name.startswith(("audit", "review")) and name not in {"audit_list", "review_list"}:
        return reverse(name, kwargs={"pk": audit.pk})
    return reverse(name)


def _of_rounds(world: "World") -> dict[str, dict[str, object]]:
    """What the addresses of a round of vignettes are made of."""
    round_, vignette = {"pk": world.open_round.pk}, {"pk": world.open_round.vignettes.get(order=1).pk}
    return {"round": round_, "round_dates": round_, "vignette": vignette, "vignette_edit": vignette}


OF_REFLECTIONS = {
    "reflection": "entry",
    "edit_reflection": "unfinished",
    "reflection_step": "unfinished",
    "reflection_thread": "entry",
    "delete_reflection": "entry",
    "share_reflection": "entry",
    "share_with_group": "entry",
    "share_learning": "entry",
    "propose_example": "entry",
    "comment_on_reflection": "entry",
    "new_reflective_group": "school",
    "reflective_group": "group",
    "add_to_reflective_group": "group",
    "leave_reflective_group": "group",
    "shared_learning_words": "learning",
    "practice_example": "example",
    "exceptional_access": "access",
    "exceptionally_open": "access",
}
"""Addresses of the log that are about something, with what of a side it is."""


def _of_reflections(side: "Side", name: str) -> dict[str, Any]:
    pk = getattr(side, OF_REFLECTIONS[name]).pk
    if name == "new_reflective_group":
        return {"school": pk}
    return {"pk": pk, **({"step": "what-happened"} if name == "reflection_step" else {})}
