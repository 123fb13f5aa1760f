"""The communities of a person who looks after several: entering, comparing, starting one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify

from satuhati.core.profile.results import Profile
from satuhati.core.stored import restored
from satuhati.text import Translator, translator
from satuhati.web.home.actions import create_community
from satuhati.web.home.comparing import compared
from satuhati.web.profile.models import Snapshot
from satuhati.web.tenancy import regions
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.once import is_first, new_once
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.who import Who

CODES = 60


def get_communities_for(who: Who) -> list[Community]:
    """The communities a person may enter, by name."""
    if who.user is None:
        return []
    if who.user.is_administrator:
        return list(Community.objects.order_by("name"))
    mine = {"memberships__user": who.user, "memberships__ended__isnull": True}
    return list(Community.objects.filter(**mine).order_by("name").distinct())


@page("signed_in", methods=("GET",))
def listing(request: HttpRequest) -> HttpResponse:
    """One's communities with their lamps."""
    mine = get_communities_for(request.who)
    newest: dict[int, Any] = {}
    found = Snapshot.objects.filter(community__in=mine).defer("payload").order_by("made_at")
    for snapshot in found:
        newest[snapshot.community_id] = snapshot.summary.get(request.lang)
    context = {
        "communities": [(one, newest.get(one.pk)) for one in mine],
        "may_compare": request.who.may("compare.view") and len(mine) > 1,
        "may_create": bool(request.who.user.email),
    }
    return render(request, "home/communities.html", context)


@page("compare.view", methods=("GET",))
def compare(request: HttpRequest) -> HttpResponse:
    """Two communities cell beside cell. Never ranked, never subtracted."""
    t = translator(request.lang)
    mine = {one.code: one for one in get_communities_for(request.who)}
    codes = (request.GET.get("a", ""), request.GET.get("b", ""))
    context: dict[str, Any] = {"mine": mine.values(), "a": codes[0], "b": codes[1]}
    if all(codes):
        if any(code not in mine for code in codes):
            raise Http404
        pair = [mine[code] for code in codes]
        profiles = [_profile_of(one) for one in pair]
        context["pair"] = pair
        context["profiles"] = profiles
        if codes[0] == codes[1]:
            context["error"] = t("Please choose two different communities.")
        elif all(profiles):
            context["groups"] = compared(profiles, t)  # type: ignore[arg-type]
    return render(request, "home/compare.html", context)


def _profile_of(community: Community) -> Profile | None:
    snapshot = Snapshot.objects.filter(community=community).order_by("-made_at", "-pk").first()
    return restored(Profile, snapshot.payload["profile"]) if snapshot is not None else None


class NewCommunityForm(forms.Form):
    """A name; the village was chosen before."""

    def __init__(self, *args: Any, t: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=t("Name of the community"),
            help_text=t("As people say it, such as: Kampung KB Kelapa Dua Wetan."),
            max_length=200,
        )


@page("community.create")
def new(request: HttpRequest) -> HttpResponse:
    """Find the village, then name the community."""
    who, t = request.who, translator(request.lang)
    if not who.user.email:
        raise Http404  # whoever comes in by a link belongs to one community
    wanted = request.GET.get("cari", "").strip()
    chosen = regions.village(request.POST.get("desa") or request.GET.get("desa", ""))
    form = NewCommunityForm(
        request.POST or None,
        t=t,
        initial={"name": f"Kampung KB {chosen.name}"} if chosen else {},
    )
    if request.method == "POST" and form.is_valid():
        if not is_first(request):
            return redirect("communities")
        fields: dict[str, Any] = {"name": form.cleaned_data["name"]}
        if chosen is not None:
            fields |= {
                "place": chosen.place,
                "official_code": chosen.code,
                "time_zone": regions.time_zone(chosen.code),
            }
        made = _create(who, fields)
        messages.success(request, t("The community is there. These steps come first."))
        return redirect("home", made.code)
    context = {
        "form": form,
        "wanted": wanted,
        "found": regions.search(wanted) if wanted else [],
        "chosen": chosen,
        "once": new_once(request),
    }
    return render(request, "home/new_community.html", context, status=400 if form.errors else 200)


def _create(who: Who, fields: dict[str, Any]) -> Community:
    """With a code made from the name; a number behind it if the code is taken."""
    base = slugify(fields["name"].replace("Kampung KB", ""))[: CODES - 5] or "kampung"
    if base in ("baru", "banding"):
        base = f"kampung-{base}"
    for n in range(1, 1000):
        code = base if n == 1 else f"{base}-{n}"
        if Community.objects.filter(code=code).exists():
            continue
        try:
            return create_community(by=who, code=code, fields=fields)
        except IntegrityError:  # somebody was quicker with the same name
            continue
    raise RuntimeError("no free code")
