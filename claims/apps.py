"""The claims app, and the admin that is its desk."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = _("Claims")


class DeskConfig(AdminConfig):
    """django.contrib.admin with our site in place of the stock one."""

    default_site = "claims.desk.site.DeskSite"
