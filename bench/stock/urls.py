from django.conf import settings
from django.urls import path
from django.views.static import serve

from bench.stock import views

urlpatterns = [
    path("form/<int:pk>/<slug:step>/", views.ThemeFormView.as_view(), name="stock_form"),
    path("frugal-form/<int:pk>/<slug:step>/", views.FrugalThemeFormView.as_view(), name="stock_frugal_form"),
    path("report/<int:pk>.pdf", views.report, name="stock_report"),
    path("file/<path:path>", serve, {"document_root": settings.VAR_DIR / "charts"}, name="stock_file"),
]
