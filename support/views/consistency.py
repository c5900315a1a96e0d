"""The pages of rounds (rating, planning, agreement) and of the library of rulings."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from schools.permissions import Permission, has_anywhere, may_run_programme, require_programme
from support import actions
from support.forms.consistency import DecisionForm, FindDecisionsForm, RateForm, RoundForm, VignetteForm
from support.models import Decision, Rating, Round, Vignette
from support.pages import consistency as pages

RULINGS_ON_A_PAGE = 20


class ForModerators:
    """What all of these do first: let officers and the co-ordinator in."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse others."""
        actions.require_moderator(request.user)
        return super().dispatch(request, *args, **kwargs)


class ForTheCoordinator:
    """A page that only the co-ordinator opens."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse others."""
        require_programme(request.user)
        return super().dispatch(request, *args, **kwargs)


class ConsistencyPage(ForModerators, TemplateView):
    """The rounds: the open one to rate, those that are over to read, and those to come."""

    template_name = "support/consistency/rounds.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rounds, for an officer with how far they have got."""
        user, today = self.request.user, timezone.localdate()
        rounds = Round.objects.visible_to(user)
        open_round = rounds.open(today).first()
        rates = has_anywhere(user, Permission.REVIEW_AUDIT)
        listed = rounds.newest_first()
        runs = may_run_programme(user)
        return super().get_context_data(
            open_round=pages.row(open_round, today) if open_round else None,
            tasks=pages.tasks(open_round, user) if open_round and rates else [],
            rounds=[pages.row(one, today) for one in (listed if runs else listed.over(today))],
            runs=runs,
            **kwargs,
        )


class PlanRound(ForTheCoordinator, FormView):
    """Plan a round."""

    template_name = "support/consistency/plan.html"
    form_class = RoundForm

    def form_valid(self, form: RoundForm) -> HttpResponse:
        """Plan it, and show its vignettes."""
        try:
            planned = actions.plan_round(**form.cleaned_data, by=self.request.user, now=timezone.now())
        except actions.UnableToModerate as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The round is planned. Read its vignettes, and change them before it opens."))
        return redirect("round", pk=planned.pk)


class OfARound:
    """A page about one round."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it."""
        super().setup(request, *args, **kwargs)
        rounds = Round.objects.visible_to(request.user).select_related("version")
        self.round = get_object_or_404(rounds, pk=kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name it."""
        return super().get_context_data(row=pages.row(self.round, timezone.localdate()), **kwargs)


class RoundPage(OfARound, ForModerators, TemplateView):
    """A round: what was agreed on once it is over; before, its vignettes for the co-ordinator."""

    template_name = "support/consistency/round.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The report or the vignettes."""
        today, runs = timezone.localdate(), may_run_programme(self.request.user)
        is_over = self.round.is_over(today)
        return super().get_context_data(
            report=pages.report(self.round, today=today) if is_over else None,
            vignettes=self.round.vignettes.order_by("order") if is_over or runs else [],
            is_open=self.round.is_open(today),
            runs=runs,
            **kwargs,
        )


class MoveRound(OfARound, ForTheCoordinator, FormView):
    """Change the dates of a round."""

    template_name = "support/consistency/plan.html"
    form_class = RoundForm

    def get_initial(self) -> dict[str, Any]:
        """The dates as they are."""
        return {"opens": self.round.opens, "closes": self.round.closes}

    def form_valid(self, form: RoundForm) -> HttpResponse:
        """Move it."""
        try:
            actions.move_round(of=self.round, **form.cleaned_data, by=self.request.user, now=timezone.now())
        except actions.UnableToModerate as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The dates have changed."))
        return redirect("round", pk=self.round.pk)


class OfAVignette:
    """A page about one vignette."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it."""
        super().setup(request, *args, **kwargs)
        vignettes = Vignette.objects.visible_to(request.user).select_related("round__version")
        self.vignette = get_object_or_404(vignettes, pk=kwargs["pk"])
        self.round = self.vignette.round
        self.framework = self.round.version.as_framework()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name both."""
        return super().get_context_data(vignette=self.vignette, round=self.round, framework=self.framework, **kwargs)


class RatePage(OfAVignette, FormView):
    """Rate one vignette, alone and before the round closes."""

    template_name = "support/consistency/rate.html"
    form_class = RateForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Officers, while the round is open."""
        actions.require_officer(request.user)
        if request.method in {"GET", "HEAD"} and not self.round.is_open(timezone.localdate()):
            return redirect("round", pk=self.round.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The statements of the vignette."""
        return {**super().get_form_kwargs(), "vignette": self.vignette, "framework": self.framework}

    def get_initial(self) -> dict[str, Any]:
        """What this officer has chosen before."""
        mine = Rating.objects.visible_to(self.request.user).filter(vignette=self.vignette)
        return dict(mine.values_list("statement", "level"))

    def form_valid(self, form: RateForm) -> HttpResponse:
        """Keep the levels, and show the list."""
        try:
            actions.rate(vignette=self.vignette, levels=form.levels, by=self.request.user, now=timezone.now())
        except actions.UnableToModerate as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("Your ratings are saved. Only you see them."))
        return redirect("consistency")


class EditVignette(OfAVignette, ForTheCoordinator, FormView):
    """Write a vignette."""

    template_name = "support/consistency/vignette.html"
    form_class = VignetteForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The statements of the round's framework."""
        return {**super().get_form_kwargs(), "framework": self.framework}

    def get_initial(self) -> dict[str, Any]:
        """The vignette as it is."""
        ticked = {
            theme.slug: [one.slug for one in theme.statements if one.slug in self.vignette.statements]
            for theme in self.framework.themes
        }
        return {"title": self.vignette.title, "text": self.vignette.text, **ticked}

    def form_valid(self, form: VignetteForm) -> HttpResponse:
        """Save it, and show the round."""
        try:
            actions.write_vignette(vignette=self.vignette, text=form.vignette, by=self.request.user)
        except actions.UnableToModerate as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The vignette is saved."))
        return redirect("round", pk=self.round.pk)


class DecisionsPage(ForModerators, TemplateView):
    """The library of rulings, by statement and by words."""

    template_name = "support/consistency/decisions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rulings that are asked for, the newest first."""
        framework = pages.newest_framework()
        find = FindDecisionsForm(self.request.GET, framework=framework, auto_id="find_%s")
        statement, words = find.wanted
        found = Decision.objects.visible_to(self.request.user)
        if statement:
            found = found.about(statement)
        found = found.with_words(words, statements=pages.statement_texts(framework)).select_related("by")
        page = Paginator(found.newest_first(), RULINGS_ON_A_PAGE).get_page(self.request.GET.get("page"))
        query = self.request.GET.copy()
        query.pop("page", None)
        return super().get_context_data(
            find=find,
            page=page,
            query=query.urlencode(),
            rulings=pages.rulings(list(page), framework),
            statement=statement,
            **kwargs,
        )


class RecordDecision(FormView):
    """Add a ruling."""

    template_name = "support/consistency/decide.html"
    form_class = DecisionForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse others."""
        actions.require_moderator(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The statements to choose from."""
        return {**super().get_form_kwargs(), "framework": pages.newest_framework()}

    def get_initial(self) -> dict[str, Any]:
        """The statement that the link came from."""
        return {"statement": self.request.GET.get("statement", "")}

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        """Add it, and show the rulings on its statement."""
        try:
            decision = actions.record_decision(**form.cleaned_data, by=self.request.user, now=timezone.now())
        except actions.UnableToModerate as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The ruling is in the library."))
        response = redirect("decisions")
        response.headers["Location"] += f"?statement={decision.statement}"
        return response
