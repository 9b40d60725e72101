"""Addresses of the API; contract.md says which must stay."""

from django.urls import URLPattern, URLResolver, path, re_path

from claims.api import factcheck, v1

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/openapi.json", v1.openapi_json, name="api-openapi"),
    path("api/v1/docs", v1.docs, name="api-docs"),
    path("api/v1/", v1.api.urls),
    path("v1alpha1/claims:search", factcheck.search_claims, name="factcheck-search"),
    re_path(r"^api/v1/", v1.nothing),
    re_path(r"^v1alpha1/", factcheck.nothing),
]
