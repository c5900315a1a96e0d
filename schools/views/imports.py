from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from schools import actions
from schools.forms.imports import ImportForm
from schools.import_report import Report, report
from schools.imports.safety import WrongFile
from schools.models import Import
from schools.views.programme import ProgrammePage

LINES_OF_EACH_KIND = 50
IMPORTS_ON_A_PAGE = 20


class ImportsPage(ProgrammePage, FormView):
    """Where the co-ordinator uploads a published file, and finds those of earlier times."""

    template_name = "schools/imports.html"
    form_class = ImportForm

    def form_valid(self, form: ImportForm) -> HttpResponse:
        """Keep what the file says, and show what it would change. A wrong file is refused in words."""
        given = form.cleaned_data
        try:
            proposed = actions.propose_import(
                file=given["file"],
                file_name=given["file"].name,
                kind=given["kind"],
                local_authority=given["local_authority"],
                by=self.request.user,
                now=timezone.now(),
            )
        except actions.NoSuchAuthority as refusal:
            form.add_error("local_authority", str(refusal))
        except WrongFile as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("import", pk=proposed.pk)
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Earlier imports, the newest first."""
        earlier = Import.objects.visible_to(self.request.user).newest_first().defer("rows", "summary")
        page = Paginator(earlier.select_related("uploaded_by", "applied_by"), IMPORTS_ON_A_PAGE)
        return super().get_context_data(page=page.get_page(self.request.GET.get("page")), **kwargs)


class ImportPage(ProgrammePage, TemplateView):
    """What one file would change, with the button that does it; afterwards what it has changed."""

    template_name = "schools/import.html"
    http_method_names = ["get", "head", "post", "options"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the import."""
        super().setup(request, *args, **kwargs)
        imports = Import.objects.visible_to(request.user)
        self.import_ = imports.select_related("uploaded_by", "applied_by").filter(pk=kwargs["pk"]).first()
        self.is_replaced = self.import_ is None and imports.filter(pk__gt=kwargs["pk"]).exists()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead away from a file that a newer one has replaced while this page was open."""
        if self.is_replaced:
            messages.warning(request, _("That file is no longer here: a newer one has taken its place."))
            return redirect("imports")
        if self.import_ is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Apply it, and show what was done."""
        try:
            actions.apply_import(import_=self.import_, by=request.user, now=timezone.now())
        except actions.ImportGone as gone:
            messages.warning(request, str(gone))
            return redirect("imports")
        messages.success(request, _("The changes have been applied."))
        return redirect("import", pk=pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Set the file against the schools as they are now, or read what was done."""
        is_to_do = self.import_.applied_at is None
        plan = (
            actions.plan_import(import_=self.import_, now=timezone.now())
            if is_to_do
            else actions.applied_plan(self.import_)
        )
        counts = plan.counts if is_to_do else self.import_.summary.get("counts", {})
        shown: Report = report(
            plan=plan, counts=counts, is_of_rolls=self.import_.kind == Import.Kind.ROLLS, longest=LINES_OF_EACH_KIND
        )
        return super().get_context_data(
            one=self.import_, report=shown, may_apply=is_to_do and plan.changes_something, **kwargs
        )
