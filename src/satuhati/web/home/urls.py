"""Addresses of a community's pages, the list of communities, and one's own page."""

from __future__ import annotations

from django.urls import path

from satuhati.web.home import account, communities, consents, settings, trail, views

urlpatterns = [
    path("", views.home, name="home"),
    path("pengaturan/", settings.settings, name="settings"),
    path("pengaturan/langkah/", settings.hide_guide, name="hide_guide"),
    path("persetujuan/", consents.listing, name="consents"),
    path("persetujuan/catat/", consents.note, name="note_consent"),
    path("persetujuan/tarik/", consents.withdraw, name="withdraw_consent"),
    path("persetujuan/lembar/", consents.sheet, name="consent_sheet"),
    path("persetujuan/saya/", consents.mine, name="my_consents"),
    path("jejak/", trail.trail, name="trail"),
]
community_list_urls = [
    path("", communities.listing, name="communities"),
    path("baru/", communities.new, name="new_community"),
    path("banding/", communities.compare, name="compare"),
]
account_urls = [
    path("", account.mine, name="account"),
    path("keluar-semua/", account.everywhere, name="sign_out_everywhere"),
]
