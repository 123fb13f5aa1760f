"""What any resident may read without an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from satuhati.web.tenancy.pages import page


@page("public", methods=("GET",))
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "public/front.html", {})
