"""Addresses of *Warga*."""

from __future__ import annotations

from django.urls import path

from satuhati.web.register import pasting, views

urlpatterns = [
    path("", views.people, name="people"),
    path("susunan/", views.structure, name="structure"),
    path("susunan/isi/", views.new_term, name="new_term"),
    path("susunan/<str:term>/ubah/", views.change_term, name="change_term"),
    path("organisasi/", views.groups, name="groups"),
    path("wilayah/", views.areas, name="areas"),
    path("aset/", views.assets, name="assets"),
    path("aset/baru/", views.asset, name="new_asset"),
    path("aset/<str:asset>/ubah/", views.asset, name="edit_asset"),
    path("tempel/", pasting.paste, name="paste"),
    path("tempel/<str:word>/", pasting.look_over, name="look_over"),
    path("kembar/", pasting.duplicates, name="duplicates"),
    path("kembar/gabung/", pasting.merge, name="merge"),
    path("unduh/<str:kind>.<str:form>", views.download, name="download_list"),
    path("baru/<str:kind>/", views.new, name="new_actor"),
    path("orang/<str:actor>/", views.person, name="person"),
    path("orang/<str:actor>/ubah/", views.edit, name="edit_person"),
    path("orang/<str:actor>/hapus/", views.remove, name="remove_person"),
]
