"""A phone with ODK Collect, as far as the server can tell: what it asks for and what it sends."""

from __future__ import annotations

import base64
import json
import re
import uuid
import zlib
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from django.test import Client

NS = {
    "x": "http://openrosa.org/xforms/xformsList",
    "m": "http://openrosa.org/xforms/xformsManifest",
    "r": "http://openrosa.org/http/response",
}
BOUNDARY = "uji7MA4YWxkTrZu0gW"


def settings_of(code: str) -> dict[str, Any]:
    """What a QR code sets, unpacked as Collect unpacks it."""
    found: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(code)))
    return found


def multipart(
    xml: bytes | str, files: dict[str, bytes] | None = None, boundary: str = BOUNDARY
) -> bytes:
    """A body as OkHttp writes it."""
    content = xml.encode() if isinstance(xml, str) else xml
    parts = [("xml_submission_file", "isian.xml", "text/xml", content)]
    parts += [(name, name, "image/jpeg", data) for name, data in (files or {}).items()]
    out = b""
    for name, filename, kind, data in parts:
        out += (
            (
                f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; '
                f'filename="{filename}"\r\nContent-Type: {kind}\r\n'
                f"Content-Length: {len(data)}\r\n\r\n"
            ).encode()
            + data
            + b"\r\n"
        )
    return out + f"--{boundary}--\r\n".encode()


@dataclass
class Form:
    """A form on the phone."""

    form_id: str
    version: str
    xml: str
    hash: str
    manifest: str

    def instance(
        self, answers: dict[str, str], *, instance: str = "", deprecated: str = "",
        agreed: bool = True, version: str = "",
    ) -> str:  # fmt: skip
        """A filled form: the form's own model with answers in it, as Collect writes it."""
        begin = self.xml.index("<instance>") + len("<instance>")
        model = self.xml[begin : self.xml.index("</instance>")]
        given = dict(answers)
        if agreed:
            given.setdefault("satuhati_setuju", "OK")
        given["instanceID"] = instance or f"uuid:{uuid.uuid4()}"
        for name, value in given.items():
            model, n = re.subn(
                rf"<((?:\w+:)?{re.escape(name)})( [^>]*)?/>|<((?:\w+:)?{re.escape(name)})( [^>]*)?>"
                r"[^<]*</[^>]+>",
                lambda m, v=value: f"<{m[1] or m[3]}>{escape(v)}</{m[1] or m[3]}>",
                model, count=1,
            )  # fmt: skip
            assert n, f"the form has no {name}"
        if deprecated:
            model = model.replace("</meta>", f"<deprecatedID>{deprecated}</deprecatedID></meta>")
            orx = f"<orx:deprecatedID>{deprecated}</orx:deprecatedID></orx:meta>"
            model = model.replace("</orx:meta>", orx)
        if version:
            model = model.replace(f'version="{self.version}"', f'version="{version}"')
        model = re.sub(r"<data ", '<data xmlns:orx="http://openrosa.org/xforms" '
                       'xmlns:jr="http://openrosa.org/javarosa" ', model, count=1)  # fmt: skip
        return f"<?xml version='1.0' ?>{model}"


@dataclass
class Phone:
    """Scanned once; then it knows the server's address and nothing else."""

    server: str
    client: Client = field(default_factory=Client)

    @property
    def path(self) -> str:
        return "/" + self.server.partition("://")[2].partition("/")[2]

    def ask(self, path: str, method: str = "get", **more: Any) -> Any:
        answer = getattr(self.client, method)(path, **more)
        assert answer.headers["X-OpenRosa-Version"] == "1.0"
        assert answer.headers["Date"].endswith("GMT")
        return answer

    def forms(self) -> list[Form]:
        answer = self.ask(f"{self.path}/formList")
        assert answer.status_code == 200, answer.content
        assert answer.headers["Content-Type"].startswith("text/xml")
        found = []
        for one in ET.fromstring(answer.content).findall("x:xform", NS):
            text = {child.tag.rpartition("}")[2]: child.text or "" for child in one}
            where = "/" + text["downloadUrl"].partition("://")[2].partition("/")[2]
            manifest = "/" + text["manifestUrl"].partition("://")[2].partition("/")[2]
            form = self.ask(where)
            assert form.status_code == 200
            found.append(Form(text["formID"], text["version"], form.content.decode(),
                              text["hash"], manifest))  # fmt: skip
        return found

    def send(self, xml: str | bytes, files: dict[str, bytes] | None = None) -> Any:
        return self.post(multipart(xml, files))

    def post(self, body: bytes, **headers: Any) -> Any:
        return self.ask(
            f"{self.path}/submission", "post", data=body,
            content_type=f"multipart/form-data; boundary={BOUNDARY}", **headers,
        )  # fmt: skip


def message(answer: Any) -> str:
    """What Collect shows of an answer."""
    found = ET.fromstring(answer.content).find("r:message", NS)
    assert found is not None
    return found.text or ""
