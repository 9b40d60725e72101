"""Addresses of the claims app."""

from django.urls import include, path

urlpatterns = [path("", include("claims.api.urls")), path("", include("claims.site.urls"))]
