"""The forms this project gives out: built from the item bank, ready to be written as XLSForm."""

from __future__ import annotations

from dataclasses import dataclass

from satuhati.formats.xlsform.model import Choice, Form, Kind, Label, Question, Scoring, Section
from satuhati.schema.choices import choice_label
from satuhati.schema.itembank import LICENCE, SECTIONS, Item, bank
from satuhati.schema.people import AGE_BANDS, SCHOOLING, SEXES
from satuhati.text import Text

VERSION = "1"
CITATION = f"Butir sendiri, {LICENCE}"


@dataclass(frozen=True, slots=True)
class Plan:
    """A form of ours: who is asked, which items, and whether it asks about the person."""

    code: str
    title: Text
    population: str
    everything: bool = False
    person: bool = False

    def items(self) -> tuple[Item, ...]:
        """Its items, screen by screen."""
        order = list(SECTIONS)
        chosen = [
            i for i in bank()
            if self.population in i.populations and (self.everything or self.code in i.forms)
        ]  # fmt: skip
        return tuple(sorted(chosen, key=lambda i: order.index(i.section)))


FORMS: dict[str, Plan] = {
    p.code: p
    for p in (
        Plan("short", Text("Suara warga, singkat", "Residents' voice, short"), "warga"),
        Plan("standard", Text("Suara warga", "Residents' voice"), "warga", person=True),
        Plan("full", Text("Suara warga, lengkap", "Residents' voice, in full"), "warga",
             everything=True, person=True),
        Plan("leader", Text("Suara pengurus Pokja", "The working group's voice"), "pokja",
             everything=True),
        Plan("partner", Text("Suara mitra", "Partners' voice"), "mitra", everything=True),
    )
}  # fmt: skip

AGREE = tuple(
    Choice(str(n), Label.of(text))
    for n, text in enumerate(
        (
            Text("Sangat tidak setuju", "Strongly disagree"),
            Text("Tidak setuju", "Disagree"),
            Text("Di tengah-tengah", "In between"),
            Text("Setuju", "Agree"),
            Text("Sangat setuju", "Strongly agree"),
        ),
        1,
    )
)
YES_NO = (Choice("1", Label.of(Text("Ya", "Yes"))), Choice("0", Label.of(Text("Tidak", "No"))))
CHANNELS = tuple(
    Choice(code, Label.of(text))
    for code, text in {
        "kader": Text("Kader", "A volunteer (kader)"),
        "neighbour": Text("Tetangga atau keluarga", "Neighbours or family"),
        "rt_rw": Text("Ketua RT atau RW", "The head of the RT or RW"),
        "whatsapp": Text("Grup WhatsApp", "A WhatsApp group"),
        "posyandu": Text("Posyandu atau puskesmas", "Posyandu or health centre"),
        "worship": Text("Rumah ibadah", "A place of worship"),
        "school": Text("Sekolah atau PAUD", "School or nursery"),
        "banner": Text("Spanduk, poster, atau pengeras suara", "Banner, poster or loudspeaker"),
        "other": Text("Lainnya", "Elsewhere"),
    }.items()
)
INTRO = Text(
    "Tidak ada jawaban yang benar atau salah; yang kami cari adalah pendapat Anda sendiri. "
    "Pertanyaan yang tidak ingin dijawab boleh dilewati.",
    "There are no right or wrong answers; it is your own view that matters. "
    "You may leave out any question you do not wish to answer.",
)
_WHOLE = Text("Tulis angka dari {low} sampai {high}.", "Write a number from {low} to {high}.")
_ABOUT_YOU = Text("Tentang Anda", "About you")
_PERSON = {
    "sex": (Text("Jenis kelamin Anda", "Your sex"), SEXES),
    "age_band": (Text("Umur Anda", "Your age"), AGE_BANDS),
    "schooling": (Text("Sekolah terakhir yang Anda tamatkan", "The last school you finished"),
                  SCHOOLING),
}  # fmt: skip


def our_form(code: str) -> Form:
    """One of :data:`FORMS` as a form; ``KeyError`` for another code."""
    plan = FORMS[code]
    items = plan.items()
    children: list[Section | Question] = [Question("intro", "note", Label.of(INTRO))]
    for section, title in SECTIONS.items():
        asked: list[Section | Question] = []
        for item in items:
            if item.section == section:
                asked += _questions(item)
        if asked:
            children.append(Section(section, tuple(asked), Label.of(title),
                                    appearance="field-list"))  # fmt: skip
    if plan.person:
        person = tuple(
            Question(
                name, "select_one", Label.of(label),
                choices=tuple(Choice(c, Label.of(choice_label("answers", name, c))) for c in codes),
                list_name=name,
            )
            for name, (label, codes) in _PERSON.items()
        )  # fmt: skip
        children.append(Section("you", person, Label.of(_ABOUT_YOU), appearance="field-list"))
    return Form(
        id=f"satuhati_{code}",
        title=plan.title.id,
        children=tuple(children),
        version=VERSION,
        default_language="id",
        languages=("id", "en"),
        population=plan.population,
        citation=CITATION,
    )


def _questions(item: Item) -> list[Question]:
    kind, choices, listed = _asked(item)
    constraint = message = None
    if kind == "integer" and item.low is not None and item.high is not None:
        constraint = f". >= {item.low} and . <= {item.high}"
        fields: dict[str, object] = {"low": item.low, "high": item.high}
        message = Text(_WHOLE.filled("id", fields), _WHOLE.filled("en", fields))
    question = Question(
        item.code,
        kind,
        Label.of(item.text),
        choices=choices,
        list_name=listed,
        relevant=item.relevant,
        constraint=constraint,
        constraint_message=Label.of(message),
        scoring=Scoring(item.scale, item.type, item.low, item.high, item.reversed),
    )
    if item.code != "channel":
        return [question]
    where = Question(
        "channel_other", "text", Label.of(Text("Dari mana?", "Where?")),
        relevant="selected(${channel}, 'other')", constraint="string-length(.) <= 200",
        constraint_message=Label.of(Text("Paling banyak 200 huruf.", "At most 200 letters.")),
        scoring=Scoring(type="text"),
    )  # fmt: skip
    return [question, where]


def _asked(item: Item) -> tuple[Kind, tuple[Choice, ...], str | None]:
    if item.type == "likert":
        return "select_one", AGREE, "agree"
    if item.type == "binary":
        return "select_one", YES_NO, "yes_no"
    if item.type == "choice":
        return "select_multiple", CHANNELS, "channel"
    return "integer", (), None
