"""Written rules, unwritten values, and when they were invoked, kept or broken."""

from __future__ import annotations

from satuhati.examples.community.rows import AS_OF, Rows, after, day

_WRITTEN = (
    ("n1", "tasks", "Tugas tiap jabatan dan seksi mengikuti SK.", "SK Lurah", "2023-11-01"),
    ("n2", "meetings", "Pokja bertemu secara berkala dan mencatat hasilnya.",
     "Pedoman Kampung KB", "2023-11-01"),
    ("n3", "money", "Uang keluar dari kas ditandatangani ketua dan bendahara.",
     "Tata tertib kas", "2024-02-27"),
    ("n4", "personal_data", "Data keluarga disimpan terkunci dan tidak disebar.",
     "SOP data keluarga", "2024-01-16"),
    ("n5", "decisions", "Keputusan diambil dengan musyawarah; pemungutan suara jalan terakhir.",
     "Tata tertib rapat", "2024-02-27"),
    ("n6", "attendance", "Pengurus yang berhalangan memberi kabar sehari sebelumnya.",
     "Tata tertib rapat", "2024-02-27"),
    ("n7", "tasks", "Giliran jaga pos layanan ditulis sebulan di muka.", "SOP pos layanan",
     "2024-07-16"),
)  # fmt: skip
_UNWRITTEN = (
    ("v1", "respect", "Menghargai pendapat orang lain, juga yang berbeda."),
    ("v2", "mutual_help", "Gotong royong: yang longgar menolong yang sempit."),
    ("v3", "decisions", "Yang tua didengar dulu, yang muda diberi giliran."),
    ("v4", "information", "Kabar penting disampaikan kepada semua, bukan yang dekat saja."),
    ("v5", "personal_data", "Urusan rumah tangga warga tidak dibawa ke luar rapat."),
    ("v6", "attendance", "Datang tepat waktu."),
)
# How often an observer sees the value kept.
_KEPT = {"v1": 0.93, "v2": 0.88, "v3": 0.82, "v4": 0.7, "v5": 0.9, "v6": 0.45}


def add_norms(rows: Rows) -> None:
    dice = rows.dice("norms")
    for code, topic, text, document, since in _WRITTEN:
        rows.add("norms", code, text=text, kind="written", topic=topic, document=document,
                 since=day(since))  # fmt: skip
    if rows.clean:
        rows.add("norms", "n8", kind="written", topic="quorum", document="Tata tertib rapat",
                 text="Rapat sah bila dihadiri lebih dari setengah pengurus.",
                 since=day("2023-11-14"))  # fmt: skip
    for code, topic, text in _UNWRITTEN:
        rows.add("norms", code, text=text, kind="unwritten", topic=topic, since=day("2023-11-01"))
    pokja = [m for m in rows.of("meetings") if m["kind"] == "pokja" and m["status"] == "held"]
    pokja.sort(key=lambda m: m["date"])
    last = [m for m in pokja if m["date"] > after(AS_OF, -365)]
    invoked = [("n3", last[-6]), ("n3", last[-2]), ("n4", last[0]), ("n1", pokja[1]),
               ("n5", pokja[4])]  # fmt: skip
    if rows.clean:
        invoked += [("n8", m) for m in last[::4]] + [("n2", last[3])]
    for norm, meeting in invoked:
        rows.add("norm_events", norm=norm, event="invoked", date=meeting["date"],
                 meeting=meeting["id"], observer="p05", note="Tercatat di notulen")  # fmt: skip
    for meeting in last[-6:]:
        for value, kept in _KEPT.items():
            if dice.random() < 0.3:
                continue  # nothing happened that would have shown it
            happened = dice.random() < kept
            for observer in ("o01", "o02"):
                seen = happened if dice.random() < 0.92 else not happened
                rows.add("norm_events", norm=value, event="kept" if seen else "broken",
                         date=meeting["date"], meeting=meeting["id"],
                         observer=observer)  # fmt: skip
