"""One message for each: a text with the person's own link, ready to be sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from satuhati.web.answers.actions import make_links
from satuhati.web.answers.links import address_of
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.whatsapp import whatsapp_address


@dataclass(frozen=True, slots=True)
class Message:
    """What to send to one person."""

    actor: Actor
    text: str

    @property
    def name(self) -> str:
        return self.actor.name or self.actor.public_id

    @property
    def whatsapp(self) -> str:
        return whatsapp_address(self.text)


def messages_for(
    request: HttpRequest,
    actors: Iterable[Actor],
    text_of: Callable[[Actor, str], str],
    below: str = "",
) -> dict[int, Message]:
    """By the key of the person: ``text_of`` the person and their address; who has no link gets one.

    ``below``: what follows in the address, where the message leads to one thing alone.
    """
    people = list(actors)
    links = make_links(by=request.who, actors=people)
    return {
        one.pk: Message(one, text_of(one, address_of(links[one.pk], request) + below))
        for one in people
    }
