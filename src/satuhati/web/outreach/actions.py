"""What is done to services and residents' voices."""

from __future__ import annotations

import datetime as dt
from typing import Any

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.outreach.models import ResidentVoice, Service, VoiceChannel
from satuhati.web.tenancy.edits import save_over
from satuhati.web.tenancy.keys import created
from satuhati.web.tenancy.who import Who

CHANNEL = "Halaman publik"


@action("service.add", "services.edit")
def add_service(*, by: Who, **fields: Any) -> Outcome[Service]:
    made = created(Service, by.community, **fields)  # type: ignore[arg-type]
    return Outcome(made, "services", made.public_id, {"fields": sorted(fields)})


@action("service.edit", "services.edit")
def edit_service(
    *, by: Who, service: Service, revision: int, fields: dict[str, Any]
) -> Outcome[Service]:
    """Change a service. Raises ``ChangedMeanwhileError``."""
    changed = save_over(service, revision, fields)
    return Outcome(service, "services", service.public_id, {"fields": changed})


@action("voice.speak", "public")
def speak_up(*, by: Who, kind: str, text: str, on: dt.date) -> Outcome[ResidentVoice]:
    """A question, proposal or complaint from the public page; nobody's name is kept."""
    channel = VoiceChannel.objects.filter(name=CHANNEL, closed__isnull=True).first()
    if channel is None:
        channel = created(VoiceChannel, by.community, name=CHANNEL, opened=on)  # type: ignore[arg-type]
    made = created(ResidentVoice, by.community, kind=kind, text=text, date=on, channel=channel)  # type: ignore[arg-type]
    return Outcome(made, "voices", made.public_id, {"kind": kind})


@action("voice.reply", "services.edit")
def answer_voice(
    *, by: Who, voice: ResidentVoice, revision: int, fields: dict[str, Any]
) -> Outcome[ResidentVoice]:
    """Note that a voice was answered, decided on, and how far it came."""
    changed = save_over(voice, revision, fields)
    return Outcome(voice, "voices", voice.public_id, {"fields": changed})
