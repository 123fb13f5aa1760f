"""Pages of the register."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from satuhati.web.register.models import Actor
from satuhati.web.tenancy.pages import page


@page("register.view")
def people(request: HttpRequest) -> HttpResponse:
    return render(request, "register/people.html", {"people": Actor.objects.order_by("name")[:50]})
