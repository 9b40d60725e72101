"""Every address of the site; contract.md lists those that must stay."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from config import health

urlpatterns = [
    # In each language, the site's own without a prefix. First: most of what is asked for are these.
    *i18n_patterns(path("", include("claims.site.urls")), prefix_default_language=False),
    path("admin/", include("people.urls")),  # before the next: its log-in, log-out and password page are the desk's
    path("admin/", admin.site.urls),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("", include("claims.urls")),
]
