"""What stands around names: invisible characters, emoji, bullets, telephone numbers, RT and RW."""

from __future__ import annotations

import re
import unicodedata

# -- cleaning -----------------------------------------------------------------------------------


class _Seen(dict[int, str]):
    """What each character becomes, found out once."""

    def __missing__(self, code: int) -> str:
        self[code] = became = self._becomes(chr(code))
        return became

    @staticmethod
    def _becomes(char: str) -> str:
        if char == "\t":
            return char
        category = unicodedata.category(char)
        if category in ("Cf", "Cs", "Cn", "Me") or "\ufe00" <= char <= "\ufe0f":
            return "." if char == "\u20e3" else ""  # the frame around a digit: 1️⃣
        if category == "Cc" or category[0] == "Z":
            return " "
        if "\U0001f3fb" <= char <= "\U0001f3ff":
            return ""
        if char == "\U0001f51f":
            return "10."
        if category == "No" and (value := unicodedata.numeric(char)).is_integer():
            return f"{value:.0f}."  # ① and ❶
        if char in "‘’ʼ′´`":
            return "'"
        if char in "“”„«»″":
            return '"'
        if category in ("So", "Co") or char in "•‣·∙●▪■□◦⁃∘":
            return "•"
        if category == "Sm" and not char.isascii():
            return "•"
        return unicodedata.normalize("NFKC", char)


_SEEN = _Seen()
_LEADER = re.compile(r"(?:\s*[.…]){3,}\s*:?|\s*_{3,}\s*:?")
_BLANKS = re.compile(r" {2,}")
_EMPHASIS = str.maketrans("", "", "*_~")


def clean(line: str) -> str:
    """The line without invisible characters, emoji and emphasis; bullets become ``•``."""
    text = line.translate(_SEEN)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = text.replace("```", " ")
    text = _LEADER.sub(": ", text) if ".." in text or "…" in text or "__" in text else text
    return _BLANKS.sub(" ", text.translate(_EMPHASIS)).strip(" ")


_BULLETS = re.compile(r"(?:[\s•\-–—>=#.,;|:\"']|\+(?!\d))+")
_NUMBER = re.compile(
    r"\(?(?P<n>0?\d{1,2}|[1-9]\d{2}|[1-9]\d{3,4}(?=[.)]))(?:\.\d{1,2}){0,2}"
    r"(?:\s*[.):\]\-–—•/]+\s*|\s+(?=\D)|(?=\t)|$)"
)
PHONE = re.compile(
    r"(?<![\w.])(?:https?://)?(?:wa\.me/|@|tel:)?("
    r"\+\d[\d \xa0.()\-]{7,20}\d"  # with the country's code
    r"|(?:62[ .\-]?|0)?8\d[\d \xa0.\-]{6,16}\d"  # mobile
    r"|\(?0[2-9]\d{1,2}\)?[ \-]?\d[\d \-]{4,9}\d)"  # landline
)


def numbered(text: str) -> tuple[int | None, bool, str]:
    """Number, whether any bullet or number stood first, and the text without them."""
    number: int | None = None
    marked = False
    for _ in range(3):
        if match := _BULLETS.match(text):
            marked |= "•" in match.group() or "-" in match.group() or "–" in match.group()
            text = text[match.end() :]
        phone = PHONE.match(text)
        if phone and split_phone(phone.group(1))[0]:
            break
        match = _NUMBER.match(text)
        if not match or number is not None:
            break
        number = int(match.group("n"))
        text = text[match.end() :]
    return number, marked or number is not None, text.strip()


# -- telephone numbers --------------------------------------------------------------------------


def normal_phone(text: str) -> str:
    """``+62…`` for an Indonesian number however written, ``+…`` for a foreign one, else empty.

    >>> normal_phone("0812-3456-7890")
    '+6281234567890'
    """
    digits = "".join(c for c in text if c in "0123456789")
    if text.lstrip(" (").startswith("+") and not digits.startswith("62"):
        return f"+{digits}" if 8 <= len(digits) <= 15 else ""
    rest = digits.removeprefix("62") if digits.startswith("62") else digits
    rest = rest.removeprefix("0")
    if rest == digits and not rest.startswith("8"):
        return ""
    if rest.startswith("8"):
        return f"+62{rest}" if 9 <= len(rest) <= 12 else ""
    landline = 8 <= len(rest) <= 11 and rest[:1] in tuple("2345679")
    return f"+62{rest}" if landline else ""


def split_phone(text: str) -> tuple[str, str]:
    """A number with what its blanks ran into: "0812 3456 7890 12" is a number and 12 more."""
    parts = text.split()
    for n in range(len(parts), 0, -1):
        if number := normal_phone(" ".join(parts[:n])):
            return number, " ".join(parts[n:])
    return "", text


def masked_phone(phone: str) -> str:
    """A number as it is shown to be recognised, not read: ``+62812•••890``."""
    return f"{phone[:6]}•••{phone[-3:]}" if len(phone) > 9 else "•••" if phone else ""


# -- RT and RW ----------------------------------------------------------------------------------

_N = r"\s*[.:]?\s*(\d{1,3})\b"
AREA = re.compile(
    r"\bRT\s*[/.]?\s*RW\s*[.:]?\s*(?P<a>\d{1,3})\s*[/\-.]\s*(?P<b>\d{1,3})\b"
    r"|\bRT\s*[.:]?\s*(?P<c>\d{1,3})(?:\s*[/,.\-]?\s*RW\s*[.:]?\s*(?P<d>\d{1,3})\b"
    r"|\s*/\s*(?P<e>\d{1,3})\b|\b)"
    r"|\bRW\s*[.:]?\s*(?P<f>\d{1,3})(?:\s*[/,.\-]?\s*RT\s*[.:]?\s*(?P<g>\d{1,3})\b|\b)",
    re.IGNORECASE,
)


def read_area(text: str) -> tuple[str, str]:
    """RT and RW as two digits each, empty where not told: "RT 3/RW 05" gives ``("03", "05")``."""
    match = AREA.search(text)
    return _area(match) if match else ("", "")


def _area(match: re.Match[str]) -> tuple[str, str]:
    found = match.groupdict()
    rt = found["a"] or found["c"] or found["g"]
    rw = found["b"] or found["d"] or found["e"] or found["f"]
    return two_digits(rt or ""), two_digits(rw or "")


def two_digits(number: str) -> str:
    """The number of an RT or RW as it is mostly written: ``3`` and ``003`` are ``03``."""
    return number.lstrip("0").zfill(2) if number.strip("0") else ""
