"""Styled wording is shown as plain words, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.formats.xlsform.markup import plain_words, told_alone


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("**Selamat datang** di _sini_", "Selamat datang di sini"),
        ("# Bagian satu\nIsi", "Bagian satu\nIsi"),
        ('<span style="color:red">Penting</span><br/>Baca <b>ini</b>', "Penting\nBaca ini"),
        ("Lihat [peta](https://contoh.id/peta) dulu", "Lihat peta dulu"),
        ("__tebal__ dan *miring*", "tebal dan miring"),
        (r"Harga \*belum\* pasti", "Harga *belum* pasti"),
        ("***", "***"),
        ("nama_anak_1 dan 2 * 3 * 4", "nama_anak_1 dan 2 * 3 * 4"),
        ("umur < 5 dan > 2, RT #3, [kosong]", "umur < 5 dan > 2, RT #3, [kosong]"),
        ("Berapa umur ${nama_anak} dan ${nama_ibu}?", "Berapa umur ${nama_anak} dan ${nama_ibu}?"),
    ],
)
def test_the_words_stay(written, read):
    assert plain_words(written) == read


def test_answers_that_are_not_there_are_left_open():
    assert told_alone("Apakah **${nama}** (${ umur } tahun) sehat?") == "Apakah … (… tahun) sehat?"


@given(st.text(alphabet=st.characters(exclude_characters="*_#<[\\"), max_size=60))
def test_plain_wording_is_left_as_it_is(text):
    assert plain_words(text) == text
