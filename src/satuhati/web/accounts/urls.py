"""Addresses of sign-in, links and roles. Of the sign-in library only what we use has one."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from satuhati.web.accounts import signin, team

urlpatterns = [
    path("m/<str:token>/", signin.open_link, name="personal_link"),
    path("masuk/", signin.choose, name="account_login"),
    path("masuk/pin/", signin.pin, name="pin"),
    path("masuk/kode/", account.request_login_code, name="account_request_login_code"),
    path("masuk/kode/isi/", account.confirm_login_code, name="account_confirm_login_code"),
    path("masuk/kunci/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("keluar/", signin.leave, name="account_logout"),
    path("saya/kunci/", signin.add_passkey, name="mfa_add_webauthn"),
    path("saya/kunci/<int:key>/hapus/", signin.remove_passkey, name="remove_passkey"),
    path("k/<slug:community>/tautan/", team.links, name="links"),
    path("k/<slug:community>/tautan/baru/", team.issue, name="issue_link"),
    path("k/<slug:community>/tautan/cabut/", team.revoke, name="revoke_links"),
    path("k/<slug:community>/peran/", team.roles, name="roles"),
    path("k/<slug:community>/peran/akhiri/", team.end, name="end_role"),
]
