"""The same table of people in Django's own admin, for ``benchmarks/web.py``.

Everything but the page is the same: database, middleware, server. Not for use: anybody may look.
"""

from __future__ import annotations

from typing import Any

from satuhati.web.settings import *  # noqa: F403
from satuhati.web.settings import INSTALLED_APPS as OURS

INSTALLED_APPS = [*OURS, "django.contrib.admin"]
ROOT_URLCONF = "_web_peer"
# The admin speaks the language of its library, and finds its static files by name.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def __getattr__(name: str) -> Any:
    """``urlpatterns``, made when asked for: settings are read before models can be."""
    if name != "urlpatterns":
        raise AttributeError(name)
    from django.contrib import admin
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.urls import path
    from django_scopes import scopes_disabled

    from satuhati.web.register.models import Actor

    class Site(admin.AdminSite):
        def has_permission(self, request: HttpRequest) -> bool:
            return True

    class People(admin.ModelAdmin):
        list_display = ("name", "kind", "sector", "area", "sex", "age_band", "joined")
        list_filter = ("kind", "sector")
        list_per_page = 50
        list_select_related = ("area",)

        def get_queryset(self, request: HttpRequest) -> QuerySet[Actor]:
            return QuerySet(Actor).filter(community_id=1).order_by("name")

        def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
            return True

        has_add_permission = has_change_permission = has_delete_permission = (
            lambda self, request, obj=None: False
        )
        has_module_permission = lambda self, request: True  # noqa: E731

        def changelist_view(self, request: HttpRequest, extra: Any = None) -> HttpResponse:
            with scopes_disabled():
                return super().changelist_view(request, extra).render()

    site = Site()
    site.register(Actor, People)
    return [
        path("kosong/", lambda request: HttpResponse("ok")),
        path("admin/", site.urls),
    ]
