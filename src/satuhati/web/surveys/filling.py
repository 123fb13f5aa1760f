"""The form by which a round is answered, the same behind each of its three doors.

All screens are in one form and all but one are hidden, so that what was said travels along
without a script and without anything being kept of people who are nobody here. With the script
the screens change on the phone, and what was filled in waits there while there is no signal.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from satuhati.formats.xlsform.asked import CHOICE
from satuhati.text import translator
from satuhati.web.answers.models import AnswerLink
from satuhati.web.register.purposes import GUARDIAN, LAW, PURPOSES, WITHDRAW
from satuhati.web.surveys.actions import keep_draft, take_answers
from satuhati.web.surveys.queries import (
    RoundSeen,
    about_of,
    get_households_for,
    get_response_for,
    get_sheet_for,
    is_listed,
)
from satuhati.web.surveys.reading import ABOUT, PREFIX, Given, about_options, read
from satuhati.web.surveys.screens import (
    Screen,
    codes_for_page,
    defaults_of,
    rules_for_page,
    screens_of,
    words_for_page,
)
from satuhati.web.surveys.sheet import Sheet
from satuhati.web.surveys.taking import (
    SUBMISSION,
    AnsweredAlreadyError,
    Filled,
    NoConsentError,
    NotAskedError,
    SurveyClosedError,
)
from satuhati.web.tenancy.clock import today_in

DONE = "tersimpan"
"""In the address after a form was taken: the script then forgets what it kept."""


@dataclass(frozen=True, slots=True)
class Door:
    """By which way the form was opened: where it leads when it is taken."""

    done: str
    home: str = ""
    link: AnswerLink | None = None
    opened: bool = False
    draft: dict[str, str] | None = None

    @property
    def interviewer(self) -> bool:
        return self.link is None and not self.opened


def fill(request: HttpRequest, seen: RoundSeen, door: Door) -> HttpResponse:
    """Show the form, go from screen to screen, and take it at the end."""
    t = translator(request.lang)
    setup, round = seen.setup, seen.round
    if setup is None:
        return _say(request, "closed", 410)
    posted = request.method == "POST"
    today = today_in(setup.community)
    about = about_of(seen, by_link=door.link is not None)
    sheet = get_sheet_for(request.who, seen, personal=bool(about))
    about = tuple(c for c in about if c not in sheet.personal)
    data: dict[str, str] = dict(request.POST.items()) if posted else dict(door.draft or {})
    if not data:
        data = defaults_of(sheet, today)
    incomplete = door.interviewer and data.get("incomplete") == "1"
    given = read(data, sheet, about, t, today, _known(door, round), lenient=incomplete)
    screens = screens_of(sheet, given, data, t)
    last = len(screens) + (1 if about else 0)
    step = _number(data.get("step", ""), last)
    go = data.get("go", "") if posted else ""
    agreed = data.get("agreed") == "1"
    wrong, status = "", 200
    if go == "send":
        found = _send(request, seen, door, data, given, sheet, agreed)
        if isinstance(found, HttpResponse):
            return found
        wrong, status = found, 400
        step = (
            0
            if not agreed or _lacks(seen, door, data)
            else _first_wrong(screens, given, last, step)
        )
    elif not seen.is_open:
        return _say(request, "closed", 410)
    elif go == "save" and door.link is not None and not round.anonymous:
        keep_draft(by=request.who, setup=setup, round=round, link=door.link,
                   draft=_kept(data, step))  # fmt: skip
        return _say(request, "saved", 200, home=door.home)
    elif go == "next":
        here = [q.name for q in screens[step - 1].questions] if 1 <= step <= len(screens) else []
        if step == 0 and _lacks(seen, door, data):
            wrong, status = t("Please choose whose form it is."), 400
        elif step == 0 and not agreed:
            wrong, status = t("Please tick that you agree, or leave the page."), 400
        elif any(name in given.errors for name in here):
            status = 400
        else:
            step = _next(screens, step, last)
    elif go == "back":
        step = _before(screens, step)
    if not go:
        for screen in screens:
            for q in screen.questions:
                # What fits no longer is told whenever it is seen.
                if given.settled.wrong.get(q.key) != CHOICE:
                    q.error = ""
    purpose = PURPOSES["survey"]
    context: dict[str, Any] = {
        "seen": seen, "round": round, "door": door, "screens": screens, "step": step,
        "last": last, "agreed": agreed, "wrong": wrong,
        "about": [(ABOUT + c, c, about_options(c, t), data.get(ABOUT + c, ""),
                   given.errors.get(ABOUT + c, "") if go else "") for c in about],
        "submission": _submission(data), "seconds": data.get("seconds", ""),
        "purpose": purpose.purpose(request.lang), "seen_by": purpose.seen_by(request.lang),
        "kept": purpose.kept(request.lang), "withdrawing": WITHDRAW(request.lang),
        "guardian": GUARDIAN(request.lang), "law": LAW(request.lang), "total": len(sheet.asked),
        "needs_some": sheet.needs_some, "incomplete": incomplete, "rules": rules_for_page(sheet),
        "codes": codes_for_page(sheet), "today": today,
        "words": words_for_page(sheet, request.lang),
        "just_taken": DONE in request.GET, "person": data.get("person", ""),
        "people": _whose(request, seen, door), "by_household": _by_household(seen),
        "whose_error": t("Please choose whose form it is.") if wrong and _lacks(seen, door, data)
        else "",
    }  # fmt: skip
    return render(request, "surveys/fill.html", context, status=status)


def _send(
    request: HttpRequest, seen: RoundSeen, door: Door, data: dict[str, str], given: Given,
    sheet: Sheet, agreed: bool,
) -> HttpResponse | str:  # fmt: skip
    """Take the form; or what is wrong with it."""
    t = translator(request.lang)
    if given.gone:
        return t("The questions have changed since you opened this page. Please look through your "
                 "answers and send them again.")  # fmt: skip
    if given.errors:
        return t.plural("One answer needs another look.", "{n} answers need another look.",
                        len(given.errors))  # fmt: skip
    if given.is_empty(sheet.computed):
        return t("Nothing is answered yet.")
    assert seen.setup is not None
    person, household = None, ""
    if _by_household(seen):
        household = data.get("person", "")
        if not household:
            return t("Please choose whose form it is.")
    elif _is_named(seen, door):
        asked = get_response_for(request.who, seen).people
        person = next((a for a, _ in asked if a.public_id == data.get("person")), None)
        if person is None:
            return t("Please choose whose form it is.")
    try:
        form = Filled(
            _submission(data), given.values, given.about, agreed,
            _seconds(data.get("seconds", "")), sheet.computed, household,
        )  # fmt: skip
        take_answers(by=request.who, setup=seen.setup, round=seen.round, form=form,
                     link=door.link, opened=door.opened, person=person)  # fmt: skip
    except NoConsentError:
        return t("Please tick that you agree, or leave the page.")
    except SurveyClosedError:
        return _say(request, "closed", 410)
    except AnsweredAlreadyError:
        return _say(request, "already", 409)
    except NotAskedError:
        return _say(request, "closed", 404)
    return redirect(f"{door.done}?{DONE}")


def _is_named(seen: RoundSeen, door: Door) -> bool:
    """Whether who enters a form has to say whose it is: where names are kept of those listed, and
    of which of the households drawn."""
    if _by_household(seen):
        return True
    listed = seen.setup is not None and is_listed(seen.setup)
    return door.interviewer and listed and not seen.round.anonymous


def _by_household(seen: RoundSeen) -> bool:
    return seen.setup is not None and seen.setup.how == "households"


def _lacks(seen: RoundSeen, door: Door, data: dict[str, str]) -> bool:
    return _is_named(seen, door) and not data.get("person")


def _whose(request: HttpRequest, seen: RoundSeen, door: Door) -> list[tuple[str, str]]:
    """Those whose form may still be entered: what is sent, and how it is called."""
    if _by_household(seen):
        drawn = get_households_for(request.who, seen)
        return [(h.code, f"{h.code} · {h.stratum}") for h in drawn if h.state != "answered"]
    if not _is_named(seen, door):
        return []
    asked = get_response_for(request.who, seen).people
    return [(a.public_id, a.name or a.public_id) for a, state in asked if not state]


def _say(request: HttpRequest, what: str, status: int, home: str = "") -> HttpResponse:
    return render(request, "surveys/said.html", {"what": what, "home": home}, status=status)


def _number(text: str, last: int) -> int:
    return min(int(text), last) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def _seconds(text: str) -> float | None:
    return float(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None


def _submission(data: dict[str, str]) -> str:
    """The form's own id: made once, and sent along with every screen."""
    given = data.get("submission", "")
    return given if SUBMISSION.fullmatch(given) else secrets.token_urlsafe(18)


def _next(screens: list[Screen], step: int, last: int) -> int:
    """The next screen on which something is asked."""
    step = min(step + 1, last)
    while step < last and step <= len(screens) and screens[step - 1].hidden:
        step += 1
    return step


def _before(screens: list[Screen], step: int) -> int:
    step = max(step - 1, 0)
    while 0 < step <= len(screens) and screens[step - 1].hidden:
        step -= 1
    return step


def _known(door: Door, round: Any) -> dict[str, str]:
    """What the register says of somebody who answers by name: their form does not ask for it."""
    if door.link is None or round.anonymous:
        return {}
    actor = door.link.actor
    facts = {"sex": actor.sex, "age_band": actor.age_band, "schooling": actor.schooling}
    return {name: value for name, value in facts.items() if value}


def _first_wrong(screens: list[Screen], given: Given, last: int, step: int) -> int:
    for n, screen in enumerate(screens, 1):
        if any(q.name in given.errors for q in screen.questions):
            return n
    return last if given.errors else step


def _kept(data: dict[str, str], step: int) -> dict[str, str]:
    """A draft: answers, not the tick of consent, which is asked for again."""
    found = {k: v[:1000] for k, v in data.items() if k.startswith((PREFIX, ABOUT))}
    return {**found, "step": "0", "submission": _submission(data)}
