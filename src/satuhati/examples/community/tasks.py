"""What was decided, who took it on, and what came of it."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from satuhati.examples.community.rows import Rows, after, day


class Task(NamedTuple):
    """``done``: days from the due date (negative: early), or None: not done."""

    text: str
    owner: str
    days: int
    done: int | None
    partners: tuple[tuple[str, str, str | None, bool | None, str | None], ...] = ()
    caller: str | None = None
    dropped: bool = False


C, S = "p04", "p05"
# A partner: actor, role, exchange, delivered (None: not known yet), how.
DECISIONS: tuple[tuple[str, str, tuple[Task, ...]], ...] = (
    ("2023-11", "Membagi tugas pengurus menurut SK", (
        Task("Membagikan salinan SK kepada semua pengurus", S, 14, -3),
        Task("Menyusun daftar nomor kontak pengurus", S, 10, 6))),
    ("2023-11", "Papan nama Kampung KB dipasang di RPTRA", (
        Task("Memasang papan nama di RPTRA", "p24", 30, -5,
             (("l06", "helps", "resources", True, "tiang dan semen"),)),)),
    ("2023-12", "Pendataan keluarga dimulai dari RW 05", (
        Task("Mengumpulkan data keluarga RW 05", "p20", 45, -2,
             (("w05", "shares", "information", True, "daftar keluarga"),)),
        Task("Mengumpulkan data keluarga RW 02", "p22", 45, None))),
    ("2024-01", "Musyawarah RKM diadakan sebelum akhir Januari", (
        Task("Mengundang ketua RW dan tokoh warga", S, 7, -1),
        Task("Meminjam aula masjid", "p08", 7, -2,
             (("l03", "helps", "resources", True, "aula tanpa biaya"),)))),
    ("2024-02", "RKM 2024–2026 disahkan untuk empat seksi", (
        Task("Mengirim RKM ke kelurahan", S, 14, -4),
        Task("Meminta empat seksi lain menyusun usulan", C, 60, None))),
    ("2024-02", "Iuran kas pengurus sepuluh ribu sebulan", (
        Task("Membuat buku kas dan kuitansi", "p06", 21, 9),)),
    ("2024-03", "Sumur dan saluran di RW 09 diperiksa bersama", (
        Task("Memeriksa sumur warga RW 09", C, 30, -6,
             (("g03", "shares", "information", True, "uji air"),
              ("g09", "shares", "resources", True, "petugas saluran")), caller=C),)),
    ("2024-04", "Laporan triwulan ditulis satu halaman", (
        Task("Menulis laporan triwulan pertama", S, 10, None),
        Task("Menyalin laporan ke papan RPTRA", S, 14, None))),
    ("2024-04", "Data tim kecamatan dilengkapi", (
        Task("Melengkapi data yang diminta kecamatan", S, 3, None),)),
    ("2024-07", "Bulan imunisasi didampingi kader di tiap RW", (
        Task("Membuat jadwal giliran kader", "p17", 7, -1,
             (("f01", "shares", "support", True, "kader pengganti"),)),
        Task("Mengantar undangan imunisasi ke RT", C, 10, -2))),
    ("2024-08", "Anak tanpa akta dibantu sekali urus", (
        Task("Mendata anak tanpa akta", C, 30, -4,
             (("g01", "shares", "information", True, "daftar penduduk"),
              ("g06", "shares", "information", True, "daftar murid")), caller=C),
        Task("Mengantar berkas bersama ke kantor", C, 60, None,
             (("g01", "shares", "support", False, "loket khusus"),), caller=C))),
    ("2024-09", "DASHAT memasak dua kali sebulan", (
        Task("Mencari dapur untuk DASHAT", "p12", 21, -3,
             (("w29", "helps", "resources", True, "dapur rumah"),)),
        Task("Meminta dukungan bahan pangan", C, 21, None,
             (("s01", "shares", "resources", False, "beras tiap bulan"),)),
        Task("Mencatat berat badan anak sasaran", "p17", 30, -1,
             (("g03", "shares", "information", True, "hasil timbang"),)))),
    ("2024-10", "Evaluasi tahunan memakai buku kegiatan", (
        Task("Merapikan buku kegiatan", S, 21, None),)),
    ("2024-11", "Rumah Anak SIGAP dibuka di RPTRA", (
        Task("Menyiapkan ruang dan jadwal kelas", C, 21, -5,
             (("l05", "shares", "resources", True, "alat main dan pendamping"),), caller=C),
        Task("Mengumumkan SIGAP lewat RT dan RW", S, 30, None,
             (("f02", "shares", "information", False, "pengumuman di rapat RT"),)))),
    ("2025-01", "Bendahara baru menerima buku kas", (
        Task("Serah terima buku kas", "p07", 14, -2),)),
    ("2025-01", "Kegiatan 2025 diurutkan menurut dana", (
        Task("Menyusun urutan kegiatan", C, 14, None),
        Task("Membagi daftar kegiatan ke seksi", S, 21, None))),
    ("2025-02", "Rencana bersama pemerintah dan lembaga", (
        Task("Menyusun kalender kegiatan lintas sektor", C, 30, None,
             (("g05", "shares", "information", None, "kalender dinas"),
              ("l01", "shares", "support", None, "tenaga PKK")), caller=C),)),
    ("2025-03", "Data keluarga dijaga sesuai SOP", (
        Task("Menyimpan formulir dalam lemari terkunci", S, 7, -1),)),
    ("2025-05", "Kampung KB ikut lomba tingkat kota", (
        Task("Menyusun berkas lomba", S, 20, -2),
        Task("Menghias RPTRA dan papan data", "p10", 20, 4,
             (("l02", "helps", "support", True, "karang taruna mengecat"),)),
        Task("Membuat video profil", "p21", 20, -1))),
    ("2025-06", "Kelas orang tua diadakan tiap bulan", (
        Task("Mengisi kelas orang tua bulan Juli", "p19", 21, -2,
             (("g04", "helps", "information", True, "bahan kelas"),)),
        Task("Mengundang ayah ikut kelas", "p10", 28, None),
        Task("Mengisi kelas orang tua bulan Agustus", C, 50, 13))),
    ("2025-08", "Survei warga dan jejaring diadakan", (
        Task("Mengurus izin survei ke kelurahan", S, 14, -4,
             (("g01", "helps", "support", True, "surat izin"),)),
        Task("Membagi wilayah petugas survei", C, 28, -3))),
    ("2025-10", "Drainase RW 09 diusulkan ke Musrenbang", (
        Task("Menulis usulan drainase", C, 40, None,
             (("l04", "shares", "support", None, "pendampingan usulan"),
              ("g09", "shares", "information", False, "ukuran saluran"))),
        Task("Memotret saluran tersumbat", "p25", 14, None))),
    ("2025-11", "Tebakan hasil survei disimpan dalam amplop", (
        Task("Menyimpan tebakan sampai profil dibaca", S, 25, -1),)),
    ("2025-11", "Kabar kegiatan ditempel di tiap RW", (
        Task("Menempel kabar di sepuluh RW", "p20", 21, -4,
             (("f02", "helps", "information", True, "papan RW"),)),
        Task("Mengganti kabar tiap bulan", S, 60, None))),
    ("2025-11", "Penimbangan keliling dijadwal sampai Maret", (
        Task("Menyusun jadwal penimbangan keliling", "p17", 14, -3,
             (("g03", "shares", "support", True, "bidan keliling"),), caller=C),)),
    ("2025-12", "Pengurus yang jarang datang diajak bicara", (
        Task("Mengunjungi pengurus Seksi Ekonomi", C, 30, None),
        Task("Mengunjungi pengurus Seksi Perlindungan", C, 30, None))),
    ("2025-12", "Undangan dibuat dengan satu contoh surat", (
        Task("Membuat contoh surat undangan", S, 14, -5),)),
    ("2025-12", "Hasil profil dibaca bersama warga", (
        Task("Menyiapkan ringkasan satu halaman", S, 10, -1),)),
    ("2026-02", "Setiap seksi menyebut satu kegiatan kecil", (
        Task("Menanyai seksi yang belum hadir", C, 30, None),
        Task("Menulis kegiatan kecil tiap seksi", S, 30, None))),
    ("2026-02", "Warga kontrakan didata sebagai sasaran layanan", (
        Task("Mendata keluarga kontrakan RW 07", "p13", 30, -6,
             (("w07", "shares", "information", True, "daftar penghuni"),)),
        Task("Mendata keluarga kontrakan RW 02", "p23", 30, None))),
    ("2026-02", "Sahabat lansia diperluas bersama remaja", (
        Task("Melatih remaja mengunjungi lansia", "p12", 28, -2,
             (("l02", "shares", "support", True, "dua belas remaja"),), caller=C),
        Task("Membagi jadwal kunjungan", "r10", 28, -5))),
    ("2026-02", "Klinik diminta membuka konsultasi bulanan", (
        Task("Menghubungi klinik untuk konsultasi", C, 30, None,
             (("s03", "shares", "resources", False, "dokter sebulan sekali"),), caller=C),)),
    ("2026-04", "Pojok remaja dibuka di dua sekolah", (
        Task("Menyepakati jadwal dengan sekolah", C, 30, -8,
             (("g06", "shares", "support", True, "ruang kelas"),
              ("l02", "shares", "support", True, "pendamping sebaya")), caller=C),
        Task("Menyiapkan bahan pojok remaja", "p21", 40, 12))),
    ("2026-05", "Laporan RKM dibuat tiap seksi satu halaman", (
        Task("Menulis laporan Seksi Lingkungan", "p24", 20, -2),
        Task("Menulis laporan Seksi Keagamaan", "p08", 20, 14),
        Task("Menulis laporan Seksi Ekonomi", "p22", 20, None))),
    ("2026-06", "Buku kas diperiksa dua orang tiap triwulan", (
        Task("Memeriksa buku kas triwulan kedua", "p02", 21, -4),)),
    ("2026-06", "Lomba kebersihan antar-RT diadakan Agustus", (
        Task("Menyusun aturan lomba", "p25", 21, None),
        Task("Mencari hadiah dari toko sekitar", "p07", 30, None,
             (("s01", "shares", "resources", False, "hadiah lomba"),)))),
    ("2026-08", "Petugas survei gelombang kedua ditetapkan", (
        Task("Melatih petugas survei", "p03", 21, -3,
             (("o02", "shares", "support", True, "mahasiswa pencatat"),)),
        Task("Mengurus izin survei gelombang kedua", S, 14, -2))),
    ("2026-08", "Ruang bermain SIGAP dirapikan", (
        Task("Mengecat ruang bermain", "p10", 28, None,
             (("l05", "shares", "resources", None, "cat dan alat"),)),)),
    ("2026-09", "Bahan Musrenbang disusun bersama", (
        Task("Mengumpulkan tiga usulan utama", C, 21, -1,
             (("l04", "shares", "support", True, "pendampingan usulan"),
              ("g02", "shares", "information", True, "contoh isian")), caller=C),)),
    ("2026-02", "Bantuan pangan dibagi menurut data bersama", (
        Task("Mencocokkan daftar penerima", "p12", 5, None,
             (("w02", "shares", "information", False, "daftar RT"),)),)),
    ("2026-05", "Sisa kegiatan RKM dijadwal ulang", (
        Task("Menyusun jadwal sisa kegiatan", S, 21, None),
        Task("Menagih laporan seksi", S, 30, None))),
    ("2026-06", "Kelas ibu hamil digabung dengan posyandu", (
        Task("Menyusun jadwal bersama posyandu", "p17", 14, -2,
             (("g03", "shares", "support", True, "bidan pendamping"),)),)),
    ("2026-09", "Usulan RKM berikutnya dihimpun dari warga", (
        Task("Membuka kotak usul di RPTRA", "p20", 14, None),
        Task("Menghimpun usulan pesan singkat", S, 25, None),
        Task("Mencetak spanduk usulan", "p26", 14, None, dropped=True))),
)  # fmt: skip

# training, text, owner, days, done
_PRACTICE = (
    ("2024-05-18", "Memimpin satu kelas BKB", "p19", 45, -6),
    ("2024-05-18", "Mengisi kartu kembang anak lima keluarga", "w27", 45, -2),
    ("2024-05-18", "Mengajak dua kader baru", "p20", 60, None),
    ("2025-04-12", "Menulis notulen rapat berikutnya", "p05", 60, -9),
    ("2025-04-12", "Menulis notulen tanpa dibantu", "p20", 75, None),
    ("2026-01-24", "Memimpin satu acara rapat", "p17", 60, 20),
    ("2026-01-24", "Memberi giliran bicara kepada yang diam", "p19", 60, -5),
    ("2026-01-24", "Membuka rapat RT sendiri", "w31", 60, None),
)


def meeting_near(rows: Rows, month: str) -> dict[str, Any]:
    """The last meeting held in the month (forum first), or the one before it."""
    kinds = ("pokja", "cross_sector_forum")
    held = [m for m in rows.of("meetings") if m["status"] == "held" and m["kind"] in kinds]
    inside = [m for m in held if m["date"].isoformat().startswith(month)]
    if inside:
        return min(inside, key=lambda m: (m["kind"], m["date"]))
    return max((m for m in held if m["date"].isoformat() < month), key=lambda m: m["date"])


def add_tasks(rows: Rows) -> None:
    for month, text, tasks in DECISIONS:
        meeting = meeting_near(rows, month)
        decision = rows.add("decisions", meeting=meeting["id"], text=text)
        for task in tasks:
            _add(rows, task, meeting, decision)
    for text, what, owner, days, done in _PRACTICE:
        date = day(text)
        meeting = next(
            m for m in rows.of("meetings") if m["kind"] == "training" and m["date"] == date
        )
        _add(rows, Task(what, owner, days, done), meeting, None, kind="practice")


def _add(
    rows: Rows, task: Task, meeting: dict[str, Any], decision: str | None, kind: str = "task"
) -> None:
    agreed: dt.date = meeting["date"]
    due = after(agreed, task.days)
    code = rows.add(
        "followups",
        decision=decision,
        meeting=meeting["id"],
        text=task.text,
        kind=kind,
        owner=task.owner,
        caller=task.caller,
        agreed_on=agreed,
        due=due,
        done_on=None if task.done is None else max(agreed, after(due, task.done)),
        dropped_on=after(agreed, 20) if task.dropped else None,
    )
    for actor, role, exchange, delivered, how in task.partners:
        rows.add("followup_partners", followup=code, actor=actor, role=role, exchange=exchange,
                 promised=True, delivered=delivered, how=how)  # fmt: skip
