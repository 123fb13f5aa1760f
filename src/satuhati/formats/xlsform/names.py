"""The words an XLSForm may use: sheets, columns and question types, with their older spellings.

From the XLSForm reference (xlsform.org) and what pyxform accepts.
"""

from __future__ import annotations

import re

from satuhati.formats.xlsform.model import Kind

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"

COLUMNS = {
    "caption": "label", "command": "type", "tag": "name", "value": "name",
    "relevance": "relevant", "bind::relevant": "relevant",
    "bind::constraint": "constraint", "bind::required": "required",
    "bind::jr:constraintmsg": "constraint_message", "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message", "constraintmsg": "constraint_message",
    "bind::jr:requiredmsg": "required_message", "requiredmsg": "required_message",
    "jr:requiredmsg": "required_message",
    "calculate": "calculation", "bind::calculate": "calculation",
    "control::appearance": "appearance", "read_only": "readonly", "bind::readonly": "readonly",
    "list_name": "list_name", "list name": "list_name",
    "set_form_id": "form_id", "id_string": "form_id",
    "set_form_title": "form_title", "title": "form_title",
}  # fmt: skip
WORDED = ("label", "hint", "constraint_message", "required_message")
"""Columns that may stand once per language."""
EXPRESSIONS = ("relevant", "constraint", "calculation", "required", "choice_filter")

KINDS: dict[str, Kind] = {
    "text": "text", "string": "text", "email": "automatic", "add_text_prompt": "text",
    "q_string": "text",
    "integer": "integer", "int": "integer", "q_int": "integer", "add_integer_prompt": "integer",
    "decimal": "decimal", "q_decimal": "decimal", "add_decimal_prompt": "decimal",
    "percentage": "decimal", "number_of_days_in_last_month": "integer",
    "number_of_days_in_last_six_months": "integer", "number_of_days_in_last_year": "integer",
    "range": "range", "phone_number": "text",
    "date": "date", "q_date": "date", "add_date_prompt": "date",
    "time": "time",
    "datetime": "datetime", "date_time": "datetime", "q_datetime": "datetime",
    "q_date_time": "datetime", "add_date_time_prompt": "datetime",
    "add_datetime_prompt": "datetime",
    "acknowledge": "acknowledge", "trigger": "acknowledge", "q_acknowledge": "acknowledge",
    "add_acknowledge_prompt": "acknowledge",
    "note": "note", "q_note": "note", "add_note_prompt": "note",
    "calculate": "calculate", "q_calculate": "calculate", "add_calculate_prompt": "calculate",
    "hidden": "hidden",
    "geopoint": "place", "geotrace": "place", "geoshape": "place", "gps": "place",
    "location": "place", "q_geopoint": "place", "q_geotrace": "place", "q_geoshape": "place",
    "q_location": "place", "add_location_prompt": "place",
    "image": "file", "photo": "file", "audio": "file", "video": "file", "file": "file",
    "q_picture": "file", "q_image": "file", "q_audio": "file", "q_video": "file",
    "add_image_prompt": "file", "add_photo_prompt": "file", "add_audio_prompt": "file",
    "add_video_prompt": "file", "add_file_prompt": "file",
    "barcode": "barcode", "q_barcode": "barcode", "add_barcode_prompt": "barcode",
    "osm": "place", "xml-external": "external", "csv-external": "external",
    **dict.fromkeys(
        ("start", "start_time", "get_start_time", "end", "end_time", "get_end_time", "today",
         "get_today", "deviceid", "device_id", "get_device_id", "imei", "subscriberid",
         "subscriber_id", "get_subscriber_id", "simserial", "sim_id", "get_sim_id", "phonenumber",
         "get_phone_number", "username", "audit", "start-geopoint", "background-audio",
         "background-geopoint", "uri:deviceid", "uri:email", "uri:phonenumber", "uri:simserial",
         "uri:subscriberid", "uri:username"),
        "automatic",
    ),
}  # fmt: skip

_SELECTS: tuple[tuple[str, Kind], ...] = (
    ("select_one_from_file", "external"), ("select_multiple_from_file", "external"),
    ("select_one_external", "external"),
    ("add_select_one_prompt_using", "select_one"),
    ("add_select_multiple_prompt_using", "select_multiple"),
    ("select_all_that_apply_from", "select_multiple"), ("select_all_that_apply", "select_multiple"),
    ("select_multiple_from", "select_multiple"), ("select_multiple_using", "select_multiple"),
    ("select_multiple", "select_multiple"),
    ("select_one_from", "select_one"), ("select_one_using", "select_one"),
    ("select_one", "select_one"), ("select1", "select_one"), ("rank", "rank"),
    ("osm", "place"),
)  # fmt: skip

_BEGIN = re.compile(r"(begin|end)[ _]+(group|lgroup|repeat|loop|looped group)(?:\s+over\s+(\S+))?")

COMMON_TYPES = (
    "text", "integer", "decimal", "date", "time", "note", "calculate", "select_one LIST",
    "select_multiple LIST", "range", "acknowledge", "begin group", "end group",
)  # fmt: skip


def parse_group(text: str) -> tuple[str, str, str | None] | None:
    """``begin``/``end``, the word for the group, and the list a loop goes over."""
    match = _BEGIN.fullmatch(" ".join(text.split()).lower())
    if match is None:
        return None
    return match[1], match[2], match[3]


def parse_select(text: str) -> tuple[Kind, str, bool] | None:
    """Kind, list of choices, and whether "other" may be written in."""
    words = text.split()
    other = False
    for tail in (["or", "specify", "other"], ["or_other"], ["or", "other"]):
        if [w.lower() for w in words[-len(tail) :]] == tail:
            words, other = words[: -len(tail)], True
            break
    if len(words) < 2:
        return None
    said = "_".join(words[:-1]).lower()
    for name, kind in _SELECTS:
        if said == name:
            return kind, words[-1], other
    return None


def parse_kind(text: str) -> Kind | None:
    """The kind of a type that takes no list of choices."""
    return KINDS.get("_".join(text.split()).lower())


_CODES = {
    "indonesian": "id", "bahasa indonesia": "id", "indonesia": "id", "bahasa": "id", "id": "id",
    "english": "en", "inggris": "en", "en": "en",
}  # fmt: skip


def language_code(text: str) -> str:
    """``English (en)`` → ``en``; another language's name stays as it is."""
    match = re.search(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*$", text)
    if match:
        return match[1].lower()
    return _CODES.get(text.strip().lower(), text.strip())


def column_of(header: str) -> tuple[str, str | None]:
    """A header's column and its language (``None``: no language named)."""
    text = header.strip()
    base, colon, rest = text.partition("::")
    if not colon and text.lower().partition(":")[0] in WORDED:
        base, colon, rest = text.partition(":")
    low = "_".join(base.split()).lower()
    low = COLUMNS.get(low, low)
    if colon and low in WORDED:
        return low, language_code(rest)
    whole = "_".join(text.split()).lower()
    prefix, _, tail = whole.rpartition("::")
    if prefix in COLUMNS and COLUMNS[prefix] in WORDED:  # bind::jr:constraintMsg::English
        return COLUMNS[prefix], language_code(text.rpartition("::")[2] or tail)
    return COLUMNS.get(whole, whole), None
