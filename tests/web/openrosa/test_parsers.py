"""What reads a phone's bytes: whatever they are, one kind of refusal, and nothing lost."""

from __future__ import annotations

import contextlib
import io
from typing import Any
from xml.sax.saxutils import escape

import pytest
from collect_phone import multipart
from hypothesis import given
from hypothesis import strategies as st

from satuhati.web.openrosa import multipart as reading
from satuhati.web.openrosa import xml

NAMES = st.from_regex(r"[a-z_][a-z0-9_.-]{0,8}", fullmatch=True)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
)
TREES = st.recursive(
    TEXTS, lambda inner: st.dictionaries(NAMES, inner, min_size=1, max_size=4), max_leaves=12
)


def written(name: str, value: Any) -> str:
    if isinstance(value, str):
        return f"<{name}>{escape(value)}</{name}>"
    return f"<{name}>{''.join(written(n, v) for n, v in value.items())}</{name}>"


@given(st.dictionaries(NAMES, TREES, max_size=5), TEXTS)
def test_what_is_written_is_read(tree: dict[str, Any], version: str) -> None:
    attribute = escape(version, {'"': "&quot;"})
    content = "".join(written(n, v) for n, v in tree.items())
    found = xml.read(f'<data id="a" version="{attribute}">{content}</data>'.encode())
    assert (found.form_id, found.version, found.tree) == ("a", version, tree)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(xml.BadXmlError):
        xml.read(content)


@given(
    st.text(alphabet="<>/&;!?[]\"'= ab-x", max_size=60),
    st.sampled_from(["<!DOCTYPE a>", '<!DOCTYPE a [<!ENTITY b "c">]>', "<?x?>", ""]),
)
def test_near_xml_is_read_or_refused(content: str, head: str) -> None:
    try:
        xml.read(f"{head}<a>{content}</a>".encode())
    except xml.BadXmlError:
        return
    assert "DOCTYPE" not in head


def test_repetitions_are_lists_and_have_no_one_answer() -> None:
    found = xml.read(b"<d><a>1</a><r><b>2</b></r><r><b>3</b></r><g><c>4</c></g></d>")
    assert found.tree == {"a": "1", "r": [{"b": "2"}, {"b": "3"}], "g": {"c": "4"}}
    assert found.leaves() == {"a": "1", "c": "4"}


def test_the_meta_block_in_any_namespace() -> None:
    for prefix, declared in (("", ""), ("orx:", ' xmlns:orx="http://openrosa.org/xforms"')):
        found = xml.read(
            f'<d id="x"{declared}><{prefix}meta><{prefix}instanceID> uuid:1 </{prefix}instanceID>'
            f"<{prefix}deprecatedID>uuid:0</{prefix}deprecatedID></{prefix}meta></d>".encode()
        )
        assert (found.instance, found.deprecated) == ("uuid:1", "uuid:0")


@given(
    st.binary(max_size=300),
    st.dictionaries(NAMES, st.binary(max_size=300), max_size=4),
    st.from_regex(r"[A-Za-z0-9'()+_,./:=?-]{1,60}", fullmatch=True),
    st.booleans(),
)
def test_a_body_is_read_as_it_was_written(
    content: bytes, files: dict[str, bytes], boundary: str, announced: bool
) -> None:
    mark = b"--" + boundary.encode()
    if any(mark in part for part in (content, *files.values())):
        return
    body = multipart(content, files, boundary)
    assert reading.boundary_of(f'multipart/form-data; boundary="{boundary}"') == boundary.encode()
    length = len(body) if announced else None
    with reading.received(io.BytesIO(body), length, 10**6) as whole:
        found, parts = reading.parts_of(whole, boundary.encode())
        assert found == content
        assert {p.name: b"".join(p.pieces()) for p in parts} == files


@given(st.binary(max_size=200), st.integers(0, 400))
def test_any_body_is_read_or_refused(body: bytes, announced: int) -> None:
    try:
        with reading.received(io.BytesIO(body), announced, 300) as whole:
            reading.parts_of(whole, b"x")
    except (reading.CutShortError, reading.TooLargeError, reading.NoSubmissionError):
        pass


def test_two_submissions_or_two_files_of_one_name_in_one_body() -> None:
    part = (b'--x\r\nContent-Disposition: form-data; name="xml_submission_file"; '
            b'filename="a"\r\n\r\n<a/>\r\n')  # fmt: skip
    file = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n1\r\n'
    for body in (part * 2 + b"--x--", part + file * 2 + b"--x--", b"--x--", file + b"--x--"):
        with pytest.raises(reading.NoSubmissionError):
            reading.parts_of(body, b"x")
    assert reading.parts_of(part + file + b"--x--", b"x")[0] == b"<a/>"
