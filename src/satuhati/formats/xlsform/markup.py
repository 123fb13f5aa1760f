"""Wording as it is read: XLSForm lets wording be styled, our pages and tables are plain.

ODK Collect and KoboToolbox show ``**bold**``, ``_slanted_``, ``# headings``, ``[links](…)`` and a
few HTML tags in labels and hints (xlsform.org, *Styling prompts*). The words stay, the signs go.
"""

from __future__ import annotations

import re

_TAG = re.compile(r"</?(?:span|font|b|i|u|p|em|strong|small|div|h[1-6])\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
_LINK = re.compile(r"\[([^\[\]]+)\]\((?:[^()\s]+)\)")
_STRONG = re.compile(r"(?<![\w*\\])(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?![\w*])", re.DOTALL)
_EMPHASIS = re.compile(r"(?<![\w*_\\])([*_])(?=[^\s*_])([^*_\n]+?)(?<=\S)\1(?![\w*_])")
_ESCAPED = re.compile(r"\\([*_#\\\[\]])")
_REFERENCE = re.compile(r"\$\{\s*[^\s{}]+\s*\}")


def plain_words(text: str) -> str:
    """The wording without signs of style."""
    if not any(sign in text for sign in "*_#<[\\"):
        return text
    text = _BREAK.sub("\n", text)
    text = _TAG.sub("", text)
    text = _LINK.sub(r"\1", _HEADING.sub("", text))
    text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    return _ESCAPED.sub(r"\1", text).strip()


def told_alone(text: str) -> str:
    """The wording where no answers stand in it: ``How old is …?`` for ``How old is ${name}?``."""
    return _REFERENCE.sub("…", plain_words(text))
