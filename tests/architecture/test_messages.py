"""The one message catalogue is complete, and what the program reads is what translators wrote."""

from __future__ import annotations

import importlib.util
import re
import sys
import textwrap
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


tool = _load()


def _wordings(entry: object) -> tuple[str, ...]:
    return tuple(entry) if isinstance(entry, (tuple, list)) else (str(entry),)


def _fields(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", text))


def test_every_message_of_the_code_has_its_indonesian_wording() -> None:
    catalogue = tool.read()
    missing = []
    for message in tool.messages():
        entry = catalogue.get(message.one)
        if entry is None or entry.fuzzy or not tool.translated(entry.string):
            missing.append(f"{message.file.relative_to(ROOT)}:{message.line}: {message.one}")
    assert not missing, "run `make messages` and translate:\n" + "\n".join(missing)


def test_catalogue_holds_nothing_the_code_does_not_use() -> None:
    used = {message.one for message in tool.messages()}
    kept = {_wordings(entry.id)[0] for entry in tool.read() if entry.id}
    assert kept <= used, "run `make messages`"


def test_a_translation_has_the_fields_of_its_message() -> None:
    wrong = []
    for entry in tool.read():
        if not entry.id or not tool.translated(entry.string):
            continue
        allowed = set().union(*map(_fields, _wordings(entry.id))) | (
            {"n"} if entry.pluralizable else set()
        )
        needed = set.intersection(*map(_fields, _wordings(entry.id)))
        for wording in _wordings(entry.string):
            if not needed <= _fields(wording) <= allowed:
                wrong.append(f"{entry.id!r} → {wording!r}")
    assert not wrong, "\n".join(wrong)


def test_compiled_catalogue_is_what_the_text_compiles_to() -> None:
    assert tool.MO.read_bytes() == tool.compiled(tool.read()), "run `make messages`"


def test_messages_are_found_in_code_and_templates(tmp_path: Path) -> None:
    reports = tmp_path / "reports" / "templates"
    reports.mkdir(parents=True)
    (reports / "page.html").write_text(
        '{% if a %}{{ t("Hello {x}", x=a) }}{% endif %}{{ t.plural("{n} day", "{n} days", n) }}'
        '{{ other("not a message") }}',
        encoding="utf-8",
    )
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "tests.py").write_text('t("a statistic")', encoding="utf-8")
    (tmp_path / "page.py").write_text(
        textwrap.dedent(
            """
            def page(t, self, stats):
                stats.t.cdf(2.0)
                self.t.plural("{n} seat", "{n} seats", 3)
                return t("two "
                         "lines")
            """
        ),
        encoding="utf-8",
    )
    found = {(m.file.name, m.one, m.many) for m in tool.messages(tmp_path)}
    assert found == {
        ("page.html", "Hello {x}", None),
        ("page.html", "{n} day", "{n} days"),
        ("page.py", "{n} seat", "{n} seats"),
        ("page.py", "two lines", None),
    }


@pytest.mark.parametrize(
    "call", ["t(name)", 't(f"Hello {name}")', 't("a" if name else "b")', 't.plural("one", name, 2)']
)
def test_a_message_put_together_at_run_time_is_refused(tmp_path: Path, call: str) -> None:
    code = tmp_path / "page.py"
    code.write_text(f"{call}\n", encoding="utf-8")
    with pytest.raises(tool.NotLiteralError, match=r"page\.py:1"):
        list(tool.in_python(code))
