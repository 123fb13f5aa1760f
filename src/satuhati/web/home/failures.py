"""What a person sees when something went wrong."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _say(request: HttpRequest, status: int, template: str) -> HttpResponse:
    return render(request, f"errors/{template}.html", status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _say(request, 400, "400")


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _say(request, 403, "403")


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or cookies switched off: said so, and nothing was lost."""
    return _say(request, 403, "csrf")


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _say(request, 404, "404")


def broken(request: HttpRequest) -> HttpResponse:
    return _say(request, 500, "500")
