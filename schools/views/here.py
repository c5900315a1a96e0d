from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from schools import here


@require_POST
def switch_place(request: HttpRequest) -> HttpResponse:
    """Show one of this person's places on their home from now on, or all of them."""
    here.switch(request, request.POST.get("place", ""))
    return redirect("home")
