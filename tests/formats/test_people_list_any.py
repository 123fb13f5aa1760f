"""Any list: what was written is read back, nothing raises, no line and no word is lost."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people_list_strategies import FIRST, LAST, STYLES, Member, accounted, groups, posts

from satuhati.formats.people_list import read_people_text


@given(groups(), st.sampled_from(STYLES), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_a_group_written_down_is_read_back(group: list[Member], style: object, end: str) -> None:
    assert callable(style)
    found = accounted(style(group).replace("\n", end))
    assert posts(found) == [(m.called, m.kind, m.section) for m in group]
    assert [p.questions for p in found.people] == [()] * len(group)
    assert found.ignored == ()


# -- anything ---------------------------------------------------------------------------------

PIECES = st.sampled_from([
    "Bu ", "Pak ", "RT 03", "RW 05", "Seksi ", "Ekonomi", "Ketua", ": ", " dan ", "(", ")", "\n",
    "0812-3456-7890", "S.Pd", ", ", "1. ", "- ", "Sekar", "Lurah ", "PKK ", "a. ", "H. ", "\t",
    "Nama: ", "HP: ", "3175091234560001", "12/03/26 19.22 - ", "Anggota", "|", "*", "\u202e", "–",
])  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)))
def test_no_text_raises_and_every_line_is_accounted_for(text: str) -> None:
    accounted(text)


SAID = st.lists(
    st.sampled_from([
        "Bu Sekar", "Pak Bayu", "RT 03", "RW 05", "Seksi Ekonomi", "Ketua", ":", "dan", ",", "(",
        ")", "0812-3456-7890", "\n", ", S.Pd", "-", "1.", "Lurah Misal", "Puskesmas", "TP PKK",
        "Karang Taruna", "Humas", "Jalan Mawar", "baru", "Anggota", "Sekretaris", "Hj. Arum",
        "Jati Contoh", "/", ";", "kosong", "Kader", "Bidan", "PT Umpama",
    ]),
    min_size=2, max_size=14,
).map(" ".join)  # fmt: skip
TOLD = {"seksi", "ekonomi", "ketua", "anggota", "sekretaris", "kosong", "dan", "pak", "bu"}


@given(SAID)
def test_no_word_of_a_persons_line_is_lost(text: str) -> None:
    found = accounted(text)
    otherwise = {line.line for line in (*found.headings, *found.ignored)}
    for number, line in enumerate(text.splitlines(), 1):
        here = [p for p in found.people if number in p.lines]
        if not here or number in otherwise:
            continue
        shown = " ".join(
            " ".join([p.called, p.organization, p.note, p.phone, *(q.name for q in p.posts)])
            for p in here
        )
        words = {w.casefold() for w in re.findall(r"[^\W\d_]{3,}", line)}
        kept = {w.casefold() for w in re.findall(r"[^\W\d_]{3,}", shown)}
        assert words - kept - TOLD == set()
        assert "7890" in shown or "7890" not in line


@pytest.mark.parametrize(
    "line", ["(" * 9000, "[a" * 4000, "1." * 4000, "a-" * 4000, "Ketua:" * 1500, "RT " * 3000]
)
def test_strange_lines_take_no_time(line: str) -> None:
    started = time.process_time()  # this process's alone: a busy machine is no strange line
    accounted(line)
    assert time.process_time() - started < 3


def test_ten_thousand_lines_are_quick() -> None:
    lines = [f"{n}. Bu {FIRST[n % 18]} {LAST[n % 8]} (RW {n % 9 + 1}) 0812{n:07}" for n in
             range(5000)]  # fmt: skip
    lines += ["Seksi Ekonomi: Bu Yuni, Pak Jati"] * 2500 + ["Mohon hadir besok ya"] * 2500
    started = time.process_time()
    found = read_people_text("\n".join(lines))
    assert time.process_time() - started < 10  # about 1 s
    assert len(found.ignored) == 2500
    assert {n for p in found.people for n in p.lines} == set(range(1, 7501))
