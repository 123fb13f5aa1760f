"""The communities of a person who looks after several."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.who import Who


def get_communities_for(who: Who) -> list[Community]:
    """The communities a person may enter, by name."""
    if who.user is None:
        return []
    if who.user.is_administrator:
        return list(Community.objects.order_by("name"))
    mine = {"memberships__user": who.user, "memberships__ended__isnull": True}
    return list(Community.objects.filter(**mine).order_by("name").distinct())


@page("signed_in")
def listing(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "home/communities.html",
        {"communities": get_communities_for(request.who)},
    )
