from django.urls import include, path

from config.urls import urlpatterns as of_the_product

urlpatterns = [path("stock/", include("bench.stock.urls")), *of_the_product]
