"""Addresses of a community's pages, the list of communities, and one's own page."""

from __future__ import annotations

from django.urls import path

from satuhati.web.home import account, communities, views

urlpatterns = [
    path("", views.home, name="home"),
    path("rapat/", views.meetings, name="meetings"),
    path("layanan/", views.services, name="services"),
]
community_list_urls = [path("", communities.listing, name="communities")]
account_urls = [
    path("", account.mine, name="account"),
    path("keluar-semua/", account.everywhere, name="sign_out_everywhere"),
]
