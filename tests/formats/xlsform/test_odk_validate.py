"""ODK Validate, the judge of ODK Collect, accepts the forms we give out.

Its program comes with pyxform; Java comes with `scripts/system-packages test`.
"""

from __future__ import annotations

import subprocess
from importlib.resources import files

import pytest
from xlsform_books import HEAD, book

from satuhati.formats.xlsform.ours import our_form
from satuhati.formats.xlsform.read import to_xform
from satuhati.formats.xlsform.write import form_workbook

JAR = files("pyxform").joinpath("validators", "odk_validate", "bin", "ODK_Validate.jar")


def validated(tmp_path, xform: str) -> subprocess.CompletedProcess[str]:
    path = tmp_path / "form.xml"
    path.write_text(xform, encoding="utf-8")
    command = ["java", "-Djava.awt.headless=true", "-jar", str(JAR), str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("code", ["short", "standard", "full", "leader", "partner"])
def test_our_forms_are_valid(code, tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_workbook(our_form(code)))
    done = validated(tmp_path, to_xform(path))
    assert done.returncode == 0, done.stderr


def test_the_judge_can_say_no(tmp_path):
    path = book(tmp_path / "a.xlsx", (HEAD, ("text", "a", "A", "A")))
    xform = to_xform(path).replace('nodeset="/data/a"', 'nodeset="/data/a" relevant="1 +"')
    assert 'relevant="1 +"' in xform
    assert validated(tmp_path, xform).returncode != 0
