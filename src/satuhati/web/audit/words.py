"""What actions are called, for those who read the trail."""

from __future__ import annotations

from satuhati.reports.words import table as table_word
from satuhati.text import Language, Text

ACTIONS: dict[str, Text] = {
    "account.add": Text("membuat akun", "made an account"),
    "account.disable": Text("menutup akun", "closed an account"),
    "account.enable": Text("membuka kembali akun", "opened an account again"),
    "account.pin": Text("mengganti PIN", "changed the PIN"),
    "account.sign_out_everywhere": Text("keluar dari semua perangkat", "signed out on all devices"),
    "answer.by_whom": Text("memilih siapa yang mengajak", "chose who should ask them"),
    "answer_link.make": Text("membuat tautan jawaban", "made links to answer by"),
    "answer_link.renew": Text("mengganti tautan jawaban", "renewed a link to answer by"),
    "asset.add": Text("menambah aset", "added an asset"),
    "asset.edit": Text("mengubah aset", "changed an asset"),
    "area.add": Text("menambah wilayah", "added areas"),
    "check_in.note": Text("menyatakan hadir lewat QR", "checked in by QR code"),
    "community.create": Text("membuat komunitas", "created the community"),
    "community.edit": Text("mengubah pengaturan", "changed the settings"),
    "community.guide": Text("menutup langkah awal", "put the first steps away"),
    "consent.give": Text("mencatat persetujuan", "noted a consent"),
    "consent.withdraw": Text("mencatat penarikan persetujuan", "noted a withdrawal of consent"),
    "followup.add": Text("menambah tindak lanjut", "added a follow-up"),
    "followup.drop": Text("membatalkan tindak lanjut", "gave up a follow-up"),
    "followup.edit": Text("mengubah tindak lanjut", "changed a follow-up"),
    "followup.finish": Text("menyelesaikan tindak lanjut", "finished a follow-up"),
    "followup.help": Text("mencatat siapa yang membantu", "noted who helped"),
    "followup.reopen": Text("membuka lagi tindak lanjut", "reopened a follow-up"),
    "instrument.pretest": Text("mencatat uji coba kuesioner", "noted a step of a pretest"),
    "instrument.take_in": Text("memasukkan kuesioner", "took in a questionnaire"),
    "letter.issue": Text("menerbitkan surat", "issued a letter"),
    "letter.settings": Text("mengubah kop dan nomor surat", "changed letterhead and numbers"),
    "letter.withdraw": Text("mencabut surat", "withdrew a letter"),
    "link.issue": Text("membuat tautan pribadi", "made a personal link"),
    "link.revoke": Text("mencabut tautan pribadi", "ended a personal link"),
    "meeting.edit": Text("mengubah rapat", "changed a meeting"),
    "meeting.hold": Text("mencatat rapat selesai", "noted a meeting that was held"),
    "meeting.notice": Text("mencatat undangan terkirim", "noted that the invitation was sent"),
    "meeting.remove": Text("menghapus rapat yang direncanakan", "removed a planned meeting"),
    "schedule.set": Text("menetapkan jadwal tetap", "set a fixed schedule"),
    "answer_link.own": Text("membuat alamat kalender sendiri", "made an own calendar address"),
    "answer_link.renew_own": Text(
        "mengganti alamat kalender sendiri", "renewed the own calendar address"
    ),
    "schedule.change": Text(
        "mengubah beberapa rapat dari satu jadwal", "changed several meetings of a schedule"
    ),
    "schedule.continue": Text("melanjutkan jadwal tetap", "continued a fixed schedule"),
    "schedule.edit": Text("mengubah keterangan jadwal tetap", "changed what a schedule is for"),
    "empty.state": Text(
        "menyatakan bahwa memang tidak ada rapat", "stated that there really was no meeting"
    ),
    "empty.remove": Text(
        "menarik pernyataan tidak ada rapat", "took back that there was no meeting"
    ),
    "schedule.end": Text("mengakhiri jadwal tetap", "ended a fixed schedule"),
    "meeting.work_party": Text("mencatat kerja bakti", "noted a work party"),
    "meeting.plan": Text("merencanakan rapat", "planned a meeting"),
    "minutes.approve": Text("mengesahkan notulen", "approved minutes"),
    "minutes.edit": Text("menulis notulen", "wrote minutes"),
    "minutes.reopen": Text("membuka kembali notulen", "reopened minutes"),
    "minutes.show": Text("mengatur siapa yang membaca notulen", "set who reads the minutes"),
    "mirror.open": Text("membuka dua cermin", "opened the two mirrors"),
    "mirror.guess": Text("menebak di dua cermin", "predicted in the two mirrors"),
    "mirror.guess_jointly": Text("mencatat tebakan bersama", "noted what the group predicted"),
    "mirror.close": Text("menutup dua cermin", "closed the two mirrors"),
    "mirror.drop": Text("membatalkan dua cermin", "took the two mirrors back"),
    "network.read": Text("membaca nama di peta jejaring", "read names on the map of ties"),
    "network.download": Text("mengunduh jejaring", "downloaded the network"),
    "norm.add": Text("menambah norma", "added a norm"),
    "norm.edit": Text("mengubah norma", "changed a norm"),
    "norm.attach": Text("melampirkan dokumen aturan", "attached a rule's document"),
    "norm.detach": Text("melepas dokumen aturan", "took a rule's document away"),
    "norm.end": Text("mencabut norma", "let a norm go"),
    "norm.invoke": Text("mencatat aturan yang dirujuk rapat", "noted rules a meeting referred to"),
    "norm.keep": Text("meninjau norma: masih berlaku", "looked at a norm again: it still holds"),
    "norm.observe_all": Text("mencatat nilai dalam rapat", "noted values seen in a meeting"),
    "norm.reword": Text("mengubah bunyi norma", "worded a norm anew"),
    "norm_event.remove": Text("mencabut catatan norma", "took back a note on a norm"),
    "norm.observe": Text("mencatat norma dipakai", "noted a norm in use"),
    "package.export": Text("mengekspor seluruh komunitas", "exported the whole community"),
    "answers.export": Text("mengunduh jawaban survei", "downloaded survey answers"),
    "package.import": Text("memasukkan paket data", "took in a data package"),
    "people.paste": Text("memasukkan daftar anggota", "took in a list of members"),
    "person.add": Text("menambah orang atau organisasi", "added a person or organisation"),
    "person.edit": Text("mengubah orang atau organisasi", "changed a person or organisation"),
    "person.greet": Text("mencatat bahwa seseorang disapa", "noted that somebody was greeted"),
    "person.ungreet": Text("menarik catatan sapaan", "took back that somebody was greeted"),
    "person.merge": Text("menggabungkan dua catatan orang", "merged two people"),
    "person.remove": Text("menghapus orang atau organisasi", "removed a person or organisation"),
    "reading.say": Text("mencatat putusan baca bersama", "noted a verdict read together"),
    "reading.take_back": Text("mencabut putusan baca bersama", "took back a verdict read together"),
    "verdict.remove": Text("menghapus putusan", "removed a verdict"),
    "source.remove": Text("menghapus sumber catatan", "removed a source"),
    "excerpt.remove": Text("menghapus kutipan", "removed an excerpt"),
    "coding.remove": Text("menghapus pengodean", "removed a coding"),
    "register.export": Text("mengunduh daftar", "downloaded the register"),
    "person.leave": Text("mencatat bahwa seseorang keluar", "noted that somebody left"),
    "photo.add": Text("menambah foto rapat", "added a photo of a meeting"),
    "photo.remove": Text("menghapus foto rapat", "removed a photo of a meeting"),
    "post.add": Text("menambah jabatan", "added a post"),
    "post.edit": Text("mengubah jabatan", "changed a post"),
    "post.remove": Text("menghapus jabatan", "removed a post"),
    "term.end": Text("mengakhiri masa jabatan", "ended a term of office"),
    "term.remove": Text("menghapus masa jabatan", "removed a term of office"),
    "area.edit": Text("mengubah wilayah", "changed an area"),
    "area.remove": Text("menghapus wilayah", "removed an area"),
    "asset.use": Text("mencatat pemakaian aset", "noted the use of an asset"),
    "asset.remove": Text("menghapus aset", "removed an asset"),
    "reply.give": Text("menjawab undangan", "replied to an invitation"),
    "role.end": Text("mengakhiri peran", "ended a role"),
    "role.self": Text("menyatakan siapa dirinya", "said who they are in the register"),
    "role.give": Text("memberi peran", "gave a role"),
    "rows.read": Text("melihat catatan di balik angka", "looked at the rows behind a figure"),
    "service.add": Text("menambah layanan", "added a service"),
    "service.edit": Text("mengubah layanan", "changed a service"),
    "ties.ask": Text("membuka putaran jejaring", "opened a round of ties"),
    "ties.say": Text("menjawab putaran jejaring", "answered a round of ties"),
    "ties.interview": Text("mencatat wawancara jejaring", "noted an interview on ties"),
    "ties.close": Text("menutup putaran jejaring", "closed a round of ties"),
    "ties.drop": Text("menghapus putaran jejaring", "removed an open round of ties"),
    "ties.erase": Text("mengeluarkan seseorang dari jejaring", "took somebody out of the ties"),
    "term.set": Text("menetapkan jabatan", "set a term of office"),
    "term.edit": Text("mengubah masa jabatan", "changed a term of office"),
    "rotation.take": Text("memakai jadwal bergilir", "took a rhythm of hours in turn"),
    "rotation.ask": Text(
        "meminta giliran tahun berikutnya", "asked for the turns of the next year"
    ),
    "rotation.continue": Text("melanjutkan jadwal bergilir", "continued hours in turn"),
    "sharing.ask": Text("meminta jam bersama", "asked for hours of several schedules"),
    "sharing.take": Text("memakai jam bersama", "took over hours of several schedules"),
    "wishes.ask": Text("menanyakan jam yang cocok", "asked which hours suit"),
    "wishes.close": Text("menutup pertanyaan jam", "closed the asking"),
    "wishes.propose": Text("meminta usulan jam", "asked for a proposal"),
    "wishes.remove": Text("menghapus pertanyaan jam", "removed a round of asking"),
    "wishes.say": Text("menjawab jam yang cocok", "said which hours suit"),
    "collect.correct": Text(
        "menerima perbaikan dari ODK Collect", "took a correction from ODK Collect"
    ),
    "collect.download": Text(
        "mengunduh berkas dari ODK Collect", "downloaded files from ODK Collect"
    ),
    "collect.files": Text("menerima berkas dari ODK Collect", "took files from ODK Collect"),
    "collect.make": Text("membuat kode ODK Collect", "made a code for ODK Collect"),
    "collect.receive": Text("menerima isian dari ODK Collect", "took a form from ODK Collect"),
    "collect.show": Text("menampilkan kode ODK Collect", "showed a code for ODK Collect"),
    "collect.withdraw": Text("mencabut kode ODK Collect", "ended a code for ODK Collect"),
    "survey.answer": Text("menerima jawaban survei", "took answers to a survey"),
    "survey.close": Text("menutup survei", "closed a survey"),
    "survey.draft": Text("menyimpan isian sementara", "kept a form to return to"),
    "survey.leave_out": Text("mengecualikan jawaban", "left an answer out"),
    "survey.mail_choice": Text(
        "memilih diingatkan lewat surel atau tidak", "chose whether to be reminded by e-mail"
    ),
    "survey.open": Text("membuka survei", "opened a survey"),
    "survey.refuse": Text("tidak ikut survei", "did not take part in a survey"),
    "survey.remind": Text("mengingatkan lewat surel", "reminded by e-mail"),
    "survey.take_back": Text("menarik jawaban survei", "took answers to a survey back"),
    "survey.visit": Text("mencatat kunjungan survei", "noted a visit of a survey"),
    "survey.take_in": Text("menghitung lagi jawaban", "took an answer in again"),
    "vote.note": Text("mencatat cara memutuskan", "noted how a decision was reached"),
    "voice.reply": Text("mencatat jawaban untuk warga", "noted an answer to a resident"),
    "voice.speak": Text("warga menyampaikan suara", "a resident spoke up"),
}


THINGS: dict[str, Text] = {
    "wish_rounds": Text("Pertanyaan jam rapat", "Rounds of asking when"),
    "answer_links": Text("Tautan jawaban", "Links to answer by"),
    "community": Text("Komunitas", "Community"),
    "letters": Text("Surat", "Letters"),
    "memberships": Text("Peran", "Roles"),
    "minutes": Text("Notulen", "Minutes"),
    "photos": Text("Foto rapat", "Photos of meetings"),
    "users": Text("Akun", "Accounts"),
}
"""What the trail speaks of that is no table of the schema."""


def thing_word(table: str, lang: Language) -> str:
    """What an entry is about, in words."""
    found = THINGS.get(table)
    return found(lang) if found else table_word(table, lang)


def action_word(code: str, lang: str) -> str:
    """An action in words; an action without words is a mistake of ours (a test looks)."""
    found = ACTIONS.get(code)
    return found("en" if lang == "en" else "id") if found else code
