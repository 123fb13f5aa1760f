"""Sixty-four phones in one light process, for ``submissions.py``: sockets kept open, no library.

Reads what to do as JSON on standard input and prints what it saw as JSON. Every forty-ninth
submission is one that was acknowledged before, sent again.
"""

from __future__ import annotations

import json
import random
import re
import selectors
import socket
import sys
import time
import uuid

BOUNDARY = "bangku7MA4YWxkTrZu0gW"
AGAIN = 49


class Phone:
    """One connection; always one submission under way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.id, self.again, self.since, self.got = "", False, 0.0, b""
        self.sent = ""


def main() -> None:
    told = json.load(sys.stdin)
    chance = random.Random(told["seed"])
    template: str = told["template"]
    questions = re.findall(r"\{q(\d+)\}", template)
    before, _, after = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="xml_submission_file"; '
        f'filename="isian.xml"\r\nContent-Type: text/xml\r\n\r\n\0\r\n--{BOUNDARY}--\r\n'
    ).partition("\0")
    bodies: dict[str, bytes] = {}

    def request(one: str) -> bytes:
        xml = template.replace("{id}", one)
        for q in questions:
            xml = xml.replace("{q" + q + "}", chance.choice("12345"))
        body = (before + xml + after).encode()
        return (
            f"POST {told['path']} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-OpenRosa-Version: 1.0\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    # Written beforehand, so that the clients' part of the two cores goes to sending.
    ready = [f"uuid:{uuid.UUID(int=chance.getrandbits(128), version=4)}"
             for _ in range(told["prepared"])]  # fmt: skip
    for one in ready:
        bodies[one] = request(one)
    phones = [Phone(told["port"]) for _ in range(told["clients"])]
    taken: list[str] = []
    times: list[float] = []
    wrong: list[str] = []
    repeats = 0
    chooser = selectors.DefaultSelector()

    def send(phone: Phone) -> bool:
        if taken and chance.randrange(AGAIN) == 0:
            phone.id, phone.again = taken[chance.randrange(len(taken))], True
        elif ready:
            phone.id, phone.again = ready.pop(), False
        else:
            return False
        phone.since = time.perf_counter()
        phone.socket.sendall(bodies[phone.id])
        return True

    cpu = time.process_time()
    start = time.perf_counter()
    end = start + told["seconds"]
    under_way = 0
    for phone in phones:
        chooser.register(phone.socket, selectors.EVENT_READ, phone)
        under_way += send(phone)
    while under_way:
        for key, _ in chooser.select(60) or [(None, 0)]:
            if key is None:
                wrong.append("no answer within a minute")
                under_way = 0
                break
            one: Phone = key.data
            piece = one.socket.recv(65536)
            one.got += piece
            head, found, rest = one.got.partition(b"\r\n\r\n")
            if piece and not found:
                continue
            length = re.search(rb"(?i)content-length: (\d+)", head)
            if piece and length and len(rest) < int(length[1]):
                continue
            now = time.perf_counter()
            times.append(now - one.since)
            status = head[9:12]
            if status == (b"202" if one.again else b"201"):
                if not one.again:
                    taken.append(one.id)
                repeats += one.again
            else:
                wrong.append(f"{status!r} {rest[-300:]!r}")
            one.got = b""
            if now >= end or not send(one):
                under_way -= 1
    seconds = time.perf_counter() - start
    json.dump({"seconds": seconds, "taken": taken, "times": times, "wrong": wrong[:5],
               "failures": len(wrong), "repeats": repeats, "ran_out": not ready,
               "cpu": time.process_time() - cpu}, sys.stdout)  # fmt: skip


if __name__ == "__main__":
    main()
