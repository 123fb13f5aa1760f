"""Forms of letters: the letter before it is issued, and what all letters share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from satuhati.reports.papers import blocks as b
from satuhati.reports.papers.letter import TO_ALL, TO_EACH, Letter, Recipient
from satuhati.text import Translator, translator
from satuhati.web.letters.models import LetterSettings
from satuhati.web.letters.numbers import LONGEST, USUAL, wrong_format
from satuhati.web.letters.queries import SEEN, Signers, group_name, lines_of, number_to_come
from satuhati.web.meetings.models import Meeting
from satuhati.web.meetings.queries import Invited
from satuhati.web.meetings.texts import clock
from satuhati.web.tenancy.clock import zone_of
from satuhati.web.tenancy.models import Community

AROUND = dt.timedelta(days=60)
"""How far a letter's date may lie from today: longer ago it is a mistake of typing."""
MOST_LINES, LINE = 20, 300
HEAD_LINES = 5
_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))


def rows(n: int) -> forms.Textarea:
    return forms.Textarea({"rows": n})


class LineText(forms.CharField):
    """Lines, a bounded number of them; what XML cannot hold falls out."""

    def __init__(self, t: Translator, most: int = MOST_LINES, **kwargs: Any) -> None:
        self.t, self.most = t, most
        kwargs.setdefault("widget", rows(3))
        super().__init__(max_length=MOST_LINES * LINE, **kwargs)

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "").translate(_FORBIDDEN)
        found = lines_of(text)
        if len(found) > self.most:
            raise forms.ValidationError(self.t("At most {n} lines, please.", n=self.most))
        if any(len(line) > LINE for line in found):
            raise forms.ValidationError(self.t("One line is longer than {n} letters.", n=LINE))
        return "\n".join(found)


class LetterForm(forms.Form):
    """The letter to a meeting, filled in with all that is known; all of it may be changed."""

    def __init__(
        self, *args: Any, t: Translator, community: Community, meeting: Meeting,
        invited: list[Invited], agenda: list[str], settings: LetterSettings, signers: Signers,
        today: dt.date, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.t, self.community, self.meeting = t, community, meeting
        self.settings, self.today, self.invited = settings, today, invited
        indonesian = translator("id")
        event = meeting.title or _kind_word(meeting)
        codes = [(i.actor.public_id, _label(i)) for i in invited]
        zone = zone_of(community)[0]
        time = f"{clock(meeting.time)} {zone} s.d. selesai" if meeting.time else ""
        text = forms.CharField
        self.fields.update({
            "date": forms.DateField(
                label=t("Date of the letter"), initial=min(today, meeting.date),
                widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
            ),
            "subject": text(label=t("Subject"), max_length=200, initial=f"Undangan {event}"),
            "mode": forms.ChoiceField(
                label=t("How it is addressed"), widget=forms.RadioSelect, initial=TO_ALL,
                choices=[(TO_ALL, t("One letter to all, with the list attached")),
                         (TO_EACH, t("One page for each, with the name on it"))],
            ),
            "to": text(
                label=t("To"), max_length=200,
                initial=f"Bapak/Ibu Pengurus dan Anggota {group_name(community)}",
                help_text=t("How all are addressed together."),
            ),
            "people": forms.MultipleChoiceField(
                label=t("From the member list"), choices=codes, required=False,
                initial=[code for code, _ in codes], widget=forms.CheckboxSelectMultiple,
            ),
            "others": LineText(
                t, most=100, label=t("Also to"), required=False, widget=rows(2),
                help_text=t("One a line: name, then a comma and the post or institution."),
            ),
            "time": text(label=t("Time"), max_length=100, initial=time),
            "place": text(label=t("Place"), max_length=300, initial=meeting.place or ""),
            "event": text(label=t("Event"), max_length=200, initial=event),
            "agenda": LineText(
                t, label=t("Agenda"), required=False, widget=rows(5),
                initial="\n".join([*agenda, "Lain-lain"]),
                help_text=t("One point a line. What was left open last time is filled in."),
            ),
            "order": LineText(
                t, label=t("Order of ceremony"), required=False, initial=settings.order,
                help_text=t("One step a line; left empty the letter has none."),
            ),
            "opening": text(label=t("First sentence"), max_length=1000, widget=rows(3),
                            initial=settings.opening),
            "closing": text(label=t("Last paragraph"), max_length=1000, widget=rows(4),
                            initial=settings.closing),
            "signer_title": text(label=t("Who signs: post"), max_length=200,
                                 initial=signers.signer.title),
            "signer_name": text(label=t("Who signs: name"), max_length=200, required=False,
                                initial=signers.signer.name,
                                help_text=t("Left empty: a line to write it on.")),
            "seen_title": text(
                label=t("Seen by: post"), max_length=200, required=False,
                initial=signers.seen.title if signers.seen else "",
                help_text=t("Left empty: nobody is shown as having seen it."),
            ),
            "seen_name": text(label=t("Seen by: name"), max_length=200, required=False,
                              initial=signers.seen.name if signers.seen else ""),
            "copies": LineText(t, label=t("Copies to"), required=False, initial=settings.copies,
                               help_text=t("One a line.")),
            "sent": forms.BooleanField(
                label=t("I send it today"), required=False,
                help_text=t("Notes that the invitation was sent, as “I have sent it” does."),
            ),
        })  # fmt: skip
        self.indonesian = indonesian

    def clean_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["date"]
        if day > self.meeting.date:
            raise forms.ValidationError(self.t("The letter cannot be later than the meeting."))
        if abs(day - self.today) > AROUND:
            raise forms.ValidationError(
                self.t("This is more than {n} days from today. Is the year right?", n=AROUND.days)
            )
        return day

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in given.items():
            if isinstance(value, str):
                given[name] = value.translate(_FORBIDDEN)
        if "others" in given and not given.get("people") and not given["others"]:
            self.add_error("people", self.t("Choose at least one person, or write one below."))
        return given

    def number(self) -> str:
        """What the number would be if the letter were issued now."""
        return number_to_come(self.settings, self.cleaned_data["date"])

    def letter(self) -> Letter:
        """The letter as it was typed, with the number it would get."""
        given = self.cleaned_data
        chosen = set(given["people"])
        people = [
            Recipient(i.actor.name or i.actor.public_id, i.post)
            for i in self.invited
            if i.actor.public_id in chosen
        ]
        for line in lines_of(given["others"]):
            name, _, post = line.partition(",")
            people.append(Recipient(name.strip(), post.strip()))
        town = self.settings.town
        date = self.indonesian.date(given["date"])
        seen = None
        if given["seen_title"]:
            seen = b.Signature(given["seen_title"], given["seen_name"], SEEN)
        return Letter(
            head=lines_of(self.settings.head) or (group_name(self.community),),
            address=self.settings.address,
            number=self.number(),
            subject=given["subject"],
            place_date=f"{town}, {date}" if town else date,
            to=given["to"],
            recipients=tuple(people),
            mode=given["mode"],
            opening=given["opening"],
            day=b.long_date(self.meeting.date),
            time=given["time"],
            place=given["place"],
            event=given["event"],
            agenda=lines_of(given["agenda"]),
            order=lines_of(given["order"]),
            closing=given["closing"],
            signer=b.Signature(given["signer_title"], given["signer_name"]),
            seen=seen,
            copies=lines_of(given["copies"]),
        )


def _kind_word(meeting: Meeting) -> str:
    from satuhati.schema.choices import choice_label

    word = choice_label("meetings", "kind", meeting.kind)("id")
    return word[:1].upper() + word[1:]


def _label(one: Invited) -> str:
    name = one.actor.name or one.actor.public_id
    return f"{name} · {one.post}" if one.post else name


SETTINGS = (
    "head", "address", "town", "number_format", "first_number", "first_year", "signer_title",
    "signer_name", "seen_title", "seen_name", "copies", "order", "opening", "closing",
)  # fmt: skip


class LetterSettingsForm(forms.Form):
    """What all letters share, with an example of the number."""

    def __init__(
        self, *args: Any, t: Translator, settings: LetterSettings, today: dt.date, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {name: getattr(settings, name) for name in SETTINGS}
        kwargs["initial"]["first_year"] = settings.first_year or today.year
        super().__init__(*args, **kwargs)
        self.t, self.today, self.settings = t, today, settings
        text = forms.CharField
        by_post = t("Left empty: whoever holds the post on the day of the letter.")
        self.fields.update({
            "head": LineText(
                t, most=HEAD_LINES, label=t("Letterhead"), widget=rows(3),
                help_text=t("One line for each name from the top, your own last and largest."),
            ),
            "address": text(label=t("Address under the letterhead"), max_length=300, required=False,
                            help_text=t("A place of the group; no private number.")),
            "town": text(label=t("Place before the date"), max_length=100, required=False,
                         help_text=t("Such as Jakarta.")),
            "number_format": text(
                label=t("Format of the number"), max_length=LONGEST, initial=USUAL,
                help_text=t(
                    "Known between braces: {places}. The next letter would get {example}.",
                    places="{nomor}, {nomor:03}, {bulan-romawi}, {bulan}, {tahun}",
                    example=number_to_come(settings, today),
                ),
            ),
            "first_number": forms.IntegerField(
                label=t("First number of the book"), min_value=1, max_value=99_999,
                help_text=t("If you have issued letters on paper this year, the one that follows."),
            ),
            "first_year": forms.IntegerField(
                label=t("In the year"), min_value=2000, max_value=2200,
            ),
            "signer_title": text(label=t("Who signs: post"), max_length=200, required=False,
                                 help_text=by_post),
            "signer_name": text(label=t("Who signs: name"), max_length=200, required=False),
            "seen_title": text(label=t("Seen by: post"), max_length=200, required=False,
                               help_text=t("Such as: Lurah Kelapa Dua Wetan.")),
            "seen_name": text(label=t("Seen by: name"), max_length=200, required=False),
            "copies": LineText(t, label=t("Copies to"), required=False,
                               help_text=t("One a line.")),
            "order": LineText(t, label=t("Order of ceremony"), required=False),
            "opening": text(label=t("First sentence"), max_length=1000, widget=rows(3)),
            "closing": text(label=t("Last paragraph"), max_length=1000, widget=rows(4)),
            "revision": forms.IntegerField(widget=forms.HiddenInput, initial=settings.revision),
        })  # fmt: skip

    def clean_number_format(self) -> str:
        form = " ".join(str(self.cleaned_data["number_format"]).split())
        wrong = wrong_format(form, self.t)
        if wrong:
            raise forms.ValidationError(wrong)
        return form

    def values(self) -> dict[str, Any]:
        return {
            name: v.translate(_FORBIDDEN) if isinstance(v := self.cleaned_data[name], str) else v
            for name in SETTINGS
        }
