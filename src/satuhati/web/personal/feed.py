"""The calendar that a person's calendar program follows: the meetings of the community.

A program cannot sign in, so the address carries the person's own secret; a new link ends the old
calendar too. The file is the same for everybody of a community: it names nobody and tells nothing
of who comes.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from satuhati.formats.calendarfile import calendar_bytes
from satuhati.text import Language
from satuhati.web.answers.models import AnswerLink
from satuhati.web.meetings.calendars import KIND, event_of
from satuhati.web.meetings.queries import get_feed_for
from satuhati.web.personal.by_link import by_link
from satuhati.web.tenancy.clock import today_in, zone_of
from satuhati.web.tenancy.memory import remembered
from satuhati.web.tenancy.who import Who

REFRESH = dt.timedelta(hours=4)
"""How often programs are asked to look again."""
NO_STAMP = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@by_link(methods=("GET",), kept=True)
def calendar(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    """The feed; ``304`` if the program has this very one."""
    who = request.who
    today = today_in(link.community)
    data, tag = remembered(
        link.community, ("feed", today, who.lang), lambda: made(who, today, who.lang)
    )
    answer = HttpResponse(data, content_type=KIND)
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, max-age=0, must-revalidate"
    answer["Content-Disposition"] = 'inline; filename="rapat.ics"'
    # The response is made when it is asked for; what it says when is no reason to send it again.
    found: HttpResponse = get_conditional_response(request, etag=tag, response=answer)
    return found


def made(who: Who, today: dt.date, lang: Language) -> tuple[bytes, str]:
    """The file, and a tag that changes exactly if anything but the time of making does."""
    community = who.community
    assert community is not None
    events = [event_of(community, one, lang) for one in get_feed_for(who, today)]

    def stamped(stamp: dt.datetime) -> bytes:
        return calendar_bytes(
            events, name=community.name, zone=zone_of(community)[0], stamp=stamp, refresh=REFRESH
        )

    tag = hashlib.sha256(stamped(NO_STAMP)).hexdigest()[:32]
    return stamped(timezone.now()), f'W/"{tag}"'
