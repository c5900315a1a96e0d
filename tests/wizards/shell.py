"""A small wizard in the shell, with the addresses that its tests visit."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import path

from wizards.storage import DatabaseStorage
from wizards.views import RecordWizard

PAGE = Template(
    "{% load held %}<main><form method='post'>{% csrf_token %}{% held_token %}"
    "{{ wizard.management_form }}{{ form }}</form>"
    "{% if wizard.given_back %}<p>Given back</p>{% endif %}"
    "{% for message in messages %}<p>{{ message }}</p>{% endfor %}</main>"
)


class Begin(forms.Form):
    moment = forms.CharField(required=False, widget=forms.Textarea)
    level = forms.IntegerField(required=False)


class Finish(forms.Form):
    next_time = forms.CharField(required=False)


class Upload(forms.Form):
    paper = forms.FileField(required=False)


class StepStorage(DatabaseStorage):
    """Keeps each step as it is given, and nothing beside it."""

    rows: dict = {}

    def load(self):
        return {}

    def get_step_data(self, step):
        return None

    def set_step_data(self, step, cleaned_data):
        self.rows[step] = cleaned_data


class TripWizard(RecordWizard):
    """Two steps about the trip whose number is in the address."""

    url_name = "trip"

    def get_prefix(self, request, *args, **kwargs):
        return f"trip-{kwargs['trip']}"

    def get_steps(self):
        return [("begin", Begin), ("finish", Finish)]

    def get_done_url(self):
        return f"/trips/{self.kwargs['trip']}/check/"

    def render_to_response(self, context, **response_kwargs):
        return HttpResponse(PAGE.render(RequestContext(self.request, context)))


@login_not_required
def sign_in(request):
    return HttpResponse(PAGE.render(RequestContext(request)))


urlpatterns = [
    path("accounts/login/", sign_in, name="account_login"),
    path("trips/<int:trip>/", TripWizard.as_view(), name="trip_start"),
    path("trips/<int:trip>/<slug:step>/", TripWizard.as_view(), name="trip"),
]
