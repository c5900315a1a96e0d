from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from readiness.views import AuditPage
from schools.permissions import Permission, can
from support import actions, proposals
from support.domain.draft import DraftTheme
from support.forms.agree import ThemeForm, WholeForm
from support.forms.steps import StepForm, initial
from support.models import Plan
from support.pages import agree as pages
from support.proposals import WHOLE, Proposal
from support.views.kept import KeptForm
from wizards.held_views import is_fetch


class AgreeingPage(AuditPage, KeptForm):
    """What every page of agreeing does first: only the officer comes in, and only while there is something to agree."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the plan when it has been agreed; say what comes first when it is too early."""
        if not can(request.user, Permission.REVIEW_AUDIT, self.audit.school):
            raise PermissionDenied(_("The locality support officer agrees the audit, together with the head teacher."))
        if plan := Plan.objects.visible_to(request.user).filter(audit=self.audit).first():
            if request.method == "POST" and not is_fetch(request):
                messages.info(request, _("This plan has been agreed already. Nothing was changed."))
            return redirect("plan", pk=plan.pk)
        if not actions.may_be_agreed(self.audit):
            return render(request, "support/agree_not_yet.html", {"audit": self.audit})
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def proposal(self) -> Proposal:
        """What the plan is agreed from, read once for this request."""
        return proposals.read(self.audit, today=self.today)

    @cached_property
    def today(self):
        """Today, on the clocks of the site."""
        return timezone.localdate()

    def forget(self) -> None:
        """Read anew what has just been saved."""
        self.__dict__.pop("proposal", None)

    def seen(self, form: Any) -> int:
        """The revision that the page had shown."""
        return form.cleaned_data["seen"] or 0

    def revision(self, theme: str) -> int:
        """The revision of a part of the draft; 0 while it is only proposed."""
        kept = self.proposal.saved.get(theme)
        return kept.revision if kept else 0

    def now_saved(self, form: Any, revision: int) -> HttpResponse:
        """Tell a script which revision its page has now seen."""
        response = HttpResponse(status=204)
        response.headers["X-Seen"] = JsonResponse({form.add_prefix("seen"): str(revision)}).content.decode()
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The audit that is agreed."""
        return super().get_context_data(audit=self.audit, **kwargs)


class Agree(AgreeingPage, FormView):
    """The whole plan as it stands, and the button that agrees it together with the audit."""

    template_name = "support/agree.html"
    form_class = WholeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The intensive themes in their order so far."""
        first, then = self.proposal.order
        titles = {theme.slug: theme.title for theme in self.proposal.framework.themes}
        return {**super().get_form_kwargs(), "intensive": [(slug, titles[slug]) for slug in (*first, *then)]}

    def get_initial(self) -> dict[str, Any]:
        """What has been saved."""
        return {"stop_or_pause": self.proposal.whole["stop_or_pause"], "seen": self.revision(WHOLE)}

    def form_valid(self, form: WholeForm) -> HttpResponse:
        """Save; and agree, when that was pressed."""
        try:
            kept = actions.save_whole(
                audit=self.audit,
                stop_or_pause=form.cleaned_data["stop_or_pause"],
                order=form.order() or self.proposal.whole["order"],
                seen=self.seen(form),
                by=self.request.user,
                now=timezone.now(),
            )
        except actions.DraftChangedMeanwhile as clash:
            return self.clashed(form, clash.theirs, revision=clash.theirs.revision)
        self.saved()
        self.forget()
        if is_fetch(self.request):
            return self.now_saved(form, kept.revision)
        if self.request.POST.get("do") != "agree":
            messages.success(self.request, _("Saved. Nothing is agreed yet."))
            return redirect("agree", pk=self.audit.pk)
        return self.agree(form) if form.insist() else self.form_invalid(form)

    def agree(self, form: WholeForm) -> HttpResponse:
        """Agree the audit and its plan, or say what stands in the way."""
        try:
            plan = actions.agree(audit=self.audit, by=self.request.user, now=timezone.now())
        except actions.UnableToAgree as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The audit and the plan are agreed."))
        return redirect("plan", pk=plan.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The outcome, every theme as it stands, and what has to come first."""
        return super().get_context_data(
            outcome=self.proposal.profile.outcome,
            themes=pages.theme_lines(self.proposal),
            not_yet=pages.not_yet(self.proposal),
            **kwargs,
        )


class ThemePage(AgreeingPage):
    """A page about one theme of the plan that is being agreed."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the theme too."""
        super().setup(request, *args, **kwargs)
        found = [theme for theme in self.audit.framework.themes if theme.slug == kwargs["theme"]]
        if not found:
            raise Http404
        self.theme = found[0]

    @property
    def chosen(self) -> DraftTheme:
        """What stands for this theme."""
        return self.proposal.chosen[self.theme.slug]

    def keep(self, chosen: DraftTheme, *, seen: int) -> int:
        """Save what is chosen, and give its revision. Raises what `save_theme` raises."""
        kept = actions.save_theme(
            audit=self.audit,
            theme=self.theme.slug,
            chosen=chosen,
            seen=seen,
            by=self.request.user,
            now=timezone.now(),
        )
        self.saved()
        self.forget()
        return kept.revision

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The theme and where it stands among the others."""
        themes = self.audit.framework.themes
        number = [theme.slug for theme in themes].index(self.theme.slug) + 1
        return super().get_context_data(theme=self.theme, number=number, count=len(themes), **kwargs)


class AgreeTheme(ThemePage, FormView):
    """How much support one theme gets, which help, and which steps."""

    template_name = "support/agree_theme.html"
    form_class = ThemeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The tiers and the help to choose from, and the steps as they stand."""
        slug, proposal = self.theme.slug, self.proposal
        return {
            **super().get_form_kwargs(),
            "framework": proposal.framework,
            "result": proposal.tier(slug),
            "offers": proposal.offers_of(slug),
            "usual": {tier.key: proposal.usual_offers(slug, tier.key) for tier in proposal.framework.tiers},
            "steps": self.chosen.steps,
            "today": self.today,
        }

    def get_initial(self) -> dict[str, Any]:
        """What stands for the theme."""
        chosen = self.chosen
        return {
            "tier": chosen.tier,
            "reason": chosen.reason,
            "review_on": chosen.review_on,
            "offers": list(chosen.offers),
            "shown_tier": chosen.tier,
            "shown_offers": " ".join(chosen.offers),
            "seen": self.revision(self.theme.slug),
        }

    def form_valid(self, form: ThemeForm) -> HttpResponse:
        """Save, and go where the button says. What is lacking is said at once, and saved all the same."""
        chosen = form.draft()
        remove = self.pressed("remove")
        if remove is not None:
            chosen = chosen.without_step(remove)
        try:
            revision = self.keep(chosen, seen=self.seen(form))
        except actions.DraftChangedMeanwhile as clash:
            return self.clashed(form, clash.theirs, revision=clash.theirs.revision)
        if is_fetch(self.request):
            return self.now_saved(form, revision)
        if elsewhere := self.elsewhere(has_removed=remove is not None):
            return redirect(elsewhere)
        if not form.insist():
            form.data = form.data.copy()
            form.data[form.add_prefix("seen")] = str(revision)
            return self.form_invalid(form)
        return redirect(pages.after(self.proposal, self.theme.slug))

    def pressed(self, name: str) -> int | None:
        """Which step's button of this name was pressed, by its place; None for no step that there is."""
        places = {str(place): place for place in range(len(self.chosen.steps))}
        return places.get(self.request.POST.get(name, ""))

    def elsewhere(self, *, has_removed: bool) -> str:
        """Where another button than “Save and continue” leads; "" for that one."""
        here, then = [self.audit.pk, self.theme.slug], self.request.POST.get("then")
        change = self.pressed("change")
        if change is not None:
            return reverse("agree_step", args=[*here, change])
        if then == "step":
            return reverse("agree_step_add", args=here)
        if has_removed:
            return f"{reverse('agree_theme', args=here)}#steps"
        return reverse("agree", args=[self.audit.pk]) if then == "plan" else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Why the answers give this tier, the help by tier, and the steps."""
        return super().get_context_data(
            result=self.proposal.tier(self.theme.slug),
            differs=self.chosen.tier != self.proposal.tier(self.theme.slug).tier.key,
            tiers=self.proposal.framework.tiers,
            why=pages.why(self.proposal, self.theme.slug),
            groups=pages.offer_groups(self.proposal, self.theme.slug),
            steps=pages.step_lines(self.proposal, self.chosen.steps),
            their_words=pages.their_words(self.proposal, self.theirs),
            **kwargs,
        )


class AgreeStep(ThemePage, FormView):
    """One step of a theme, new or changed."""

    template_name = "support/agree_step.html"
    form_class = StepForm

    @cached_property
    def place(self) -> int | None:
        """Where the step stands among those of the theme; None for a new one."""
        place = self.kwargs.get("place")
        if place is not None and place >= len(self.chosen.steps):
            raise Http404
        return place

    @property
    def step(self):
        """The step as it stands; None for a new one."""
        return None if self.place is None else self.chosen.steps[self.place]

    def get_form_kwargs(self) -> dict[str, Any]:
        """The statements and the help of the theme."""
        titles = {offer.code: offer.title for offer in self.proposal.offers_of(self.theme.slug)}
        return {
            **super().get_form_kwargs(),
            "framework": self.proposal.framework,
            "theme": self.theme,
            "answers": self.proposal.profile.answers,
            "offers": [(code, titles[code]) for code in self.chosen.offers],
            "before": self.step,
            "today": self.today,
        }

    def get_initial(self) -> dict[str, Any]:
        """The step as it stands, or what a new one begins with."""
        shown = initial(self.step, due_on=self.proposal.due(self.theme.slug))
        return {**shown, "seen": self.revision(self.theme.slug)}

    def form_valid(self, form: StepForm) -> HttpResponse:
        """Save the step, and lead back to its theme."""
        try:
            self.keep(self.chosen.with_step(self.place, form.wanted()), seen=self.seen(form))
        except actions.DraftChangedMeanwhile as clash:
            return self.clashed(form, clash.theirs, revision=clash.theirs.revision)
        return redirect(f"{pages.theme_url(self.proposal, self.theme.slug)}#steps")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the step is new."""
        return super().get_context_data(is_new=self.place is None, **kwargs)
