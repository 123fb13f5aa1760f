"""The one Django app. Contexts are folders; import rules keep them apart."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "satuhati.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Signals connect, and panels show themselves, when every model is there.
        from satuhati.web.letters import panel as letters_panel  # noqa: F401
        from satuhati.web.minutes import panel as minutes_panel  # noqa: F401
        from satuhati.web.networks import signals as networks_signals  # noqa: F401
        from satuhati.web.openrosa import signals as openrosa_signals  # noqa: F401
        from satuhati.web.outreach import tallying  # noqa: F401
        from satuhati.web.profile import signals as profile_signals  # noqa: F401
        from satuhati.web.results import signals as results_signals  # noqa: F401
        from satuhati.web.tenancy import signals as tenancy_signals  # noqa: F401
