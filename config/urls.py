from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config import views

sign_in = login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True))

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("home/", views.home, name="home"),
    path("accounts/me/data/", views.my_data_page, name="my_data"),
    path("accounts/me/data.json", views.my_data_file, name="my_data_file"),
    path("accounts/me/close/", views.close_account, name="close_account"),
    path("accounts/", include("accounts.urls")),
    path("", include("schools.urls")),
    path("", include("support.urls")),
    path("", include("readiness.urls")),
    path("reflections/", include("reflections.urls")),
    # Wagtail's own sign-in pages would be second doors, without our limits.
    path("cms-admin/login/", sign_in),
    path("_util/login/", sign_in),
    path("cms-admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]
if settings.DEBUG:
    from config.gallery import gallery

    urlpatterns.append(path("components/", gallery, name="gallery"))
urlpatterns.append(path("", include(wagtail_urls)))
