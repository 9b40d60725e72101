"""Addresses of the claims app that are the same in every language. Readers' pages: claims/site/urls.py."""

from django.urls import include, path

urlpatterns = [path("", include("claims.api.urls")), path("", include("claims.site.machine_urls"))]
