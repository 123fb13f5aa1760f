"""The form in which minutes are written."""

from __future__ import annotations

from typing import Any

from django import forms

from satuhati.reports.papers.minutes import MinutesSheet
from satuhati.text import Translator
from satuhati.web.meetings.models import Decision, FollowUp
from satuhati.web.minutes.models import Minutes

OWN = ("chair", "taker", "agenda", "discussion", "internal")
LONG, WORDS = 20_000, 1000
_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32)))
assert not set(OWN[-1:]) & set(MinutesSheet.__dataclass_fields__)  # remarks reach no paper


class MinutesForm(forms.Form):
    """Minutes: who led and wrote, agenda, discussion, the wording of what was decided, remarks."""

    def __init__(
        self, *args: Any, t: Translator, minutes: Minutes,
        decisions: list[tuple[Decision, list[FollowUp]]], loose: list[FollowUp], **kwargs: Any,
    ) -> None:  # fmt: skip
        kwargs["initial"] = {name: getattr(minutes, name) for name in OWN}
        super().__init__(*args, **kwargs)
        area = forms.Textarea
        text = forms.CharField
        self.fields.update({
            "chair": text(label=t("Chair of the meeting"), max_length=200, required=False),
            "taker": text(label=t("Minute-taker"), max_length=200, required=False),
            "agenda": text(label=t("Agenda"), max_length=4000, required=False,
                           widget=area({"rows": 4}), help_text=t("One point a line.")),
            "discussion": text(
                label=t("Discussion"), max_length=LONG, required=False, widget=area({"rows": 10}),
                help_text=t("What was said on each point, one paragraph a line. No remarks on "
                            "persons: they have their own field below."),
            ),
        })  # fmt: skip
        self.decisions: list[str] = []
        self.tasks: list[str] = []
        for n, (decision, some) in enumerate(decisions, 1):
            self.decisions.append(
                self._worded(
                    f"decision-{decision.public_id}", decision.text, t("Decision {n}", n=n), t
                )
            )
            for task in some:
                self._task(task, t)
        for task in loose:
            self._task(task, t)
        self.fields["internal"] = text(
            label=t("Personal remarks"), max_length=LONG, required=False,
            widget=area({"rows": 4}),
            help_text=t("For those who keep the records alone: on no paper, no page for members "
                        "or residents, and not in the text for the portal."),
        )  # fmt: skip
        self.fields["revision"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=minutes.revision
        )

    def _task(self, task: FollowUp, t: Translator) -> None:
        label = t("Follow-up: {name}", name=task.owner.name or task.owner.public_id)
        self.tasks.append(self._worded(f"task-{task.public_id}", task.text, label, t))

    def _worded(self, name: str, text: str, label: str, t: Translator) -> str:
        self.fields[name] = forms.CharField(
            label=label,
            max_length=WORDS,
            initial=text,
            widget=forms.Textarea({"rows": 2}),
            show_hidden_initial=True,
        )
        return name

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in given.items():
            if isinstance(value, str):  # what XML cannot hold falls out
                given[name] = value.translate(_FORBIDDEN).replace("\r\n", "\n")
        return given

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in OWN}

    def words(self, kind: str) -> dict[str, str]:
        """The wording by id of ``decision`` or ``task``, where the person changed it.

        What only stood in the form is not said: somebody may have mended it elsewhere meanwhile.
        """
        return {
            name.removeprefix(f"{kind}-"): " ".join(value.split())
            for name, value in self.cleaned_data.items()
            if name.startswith(f"{kind}-") and name in self.changed_data
        }
