"""Addresses below /admin/ about log-ins. They come before the admin's own, whose log-in and log-out are here."""

from django.contrib import admin
from django.urls import path

from people.pages import access, account, factors, invitations, log_in

app_name = "account"
desk = admin.site.admin_view

urlpatterns = [
    path("login/", log_in.log_in, name="log_in"),
    path("login/second-step/", log_in.second_step, name="second_step"),
    path("logout/", log_in.log_out, name="log_out"),
    path("invitation/<str:token>/", invitations.join_page, name="invitation"),
    path("password_change/", desk(account.password_page), name="password"),
    path("account/", desk(account.account_page), name="home"),
    path("account/confirm/", desk(log_in.confirm), name="confirm"),
    path("account/sessions/", desk(account.sessions_page), name="sessions"),
    path("account/sessions/others/end/", desk(account.end_others), name="end_others"),
    path("account/sessions/<int:pk>/end/", desk(account.end_one), name="end_session"),
    path("account/second-factor/", desk(factors.factors_page), name="factors"),
    path("account/second-factor/app/", desk(factors.authenticator_page), name="authenticator"),
    path("account/second-factor/passkey/", desk(factors.passkey_page), name="passkey"),
    path("account/second-factor/codes/", desk(factors.new_recovery_codes), name="recovery_codes"),
    path("account/second-factor/<slug:kind>/<int:pk>/remove/", desk(factors.remove), name="remove_factor"),
    path("invitations/", desk(invitations.invitations_page), name="invitations"),
    path("invitations/<int:pk>/revoke/", desk(invitations.revoke), name="revoke_invitation"),
    path("people/user/<int:pk>/access/", desk(access.access_page), name="access"),
    path("people/user/<int:pk>/access/<slug:step>/", desk(access.take_step), name="access_step"),
]
