"""Addresses of *Warga*."""

from __future__ import annotations

from django.urls import path

from satuhati.web.register import merging, pasting, people, places, posts, views

urlpatterns = [
    path("", views.people, name="people"),
    path("organisasi/", views.groups, name="groups"),
    path("susunan/", views.structure, name="structure"),
    path("wilayah/", views.areas, name="areas"),
    path("aset/", views.assets, name="assets"),
    path("cetak/<str:kind>/", views.printed, name="print_list"),
    path("unduh/<str:kind>.<str:form>", views.download, name="download_list"),
    path("baru/<str:kind>/", people.new, name="new_actor"),
    path("orang/<str:actor>/", people.person, name="person"),
    path("orang/<str:actor>/ubah/", people.edit, name="edit_person"),
    path("orang/<str:actor>/keluar/", people.leave, name="leave_person"),
    path("orang/<str:actor>/hapus/", people.remove, name="remove_person"),
    path("susunan/isi/", posts.new_term, name="new_term"),
    path("susunan/jabatan-baru/", posts.new_post, name="new_post"),
    path("susunan/jabatan/<str:post>/ubah/", posts.change_post, name="change_post"),
    path("susunan/<str:term>/ubah/", posts.change_term, name="change_term"),
    path("susunan/<str:term>/akhiri/", posts.end, name="end_term"),
    path("wilayah/baru/", places.new_areas, name="new_areas"),
    path("wilayah/<str:area>/ubah/", places.change_area, name="change_area"),
    path("aset/baru/", places.new_asset, name="new_asset"),
    path("aset/<str:asset>/ubah/", places.change_asset, name="edit_asset"),
    path("aset/<str:asset>/dipakai/", places.use, name="use_asset"),
    path("tempel/", pasting.paste, name="paste"),
    path("tempel/<str:word>/", pasting.look_over, name="look_over"),
    path("kembar/", merging.duplicates, name="duplicates"),
    path("kembar/pilih/", merging.choose_two, name="choose_two"),
    path("kembar/gabung/", merging.merge, name="merge"),
]
