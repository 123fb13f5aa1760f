"""Work of surveys in the background."""

from __future__ import annotations

from django_tasks import task


@task()
def remind(community_id: int, round_code: str, person: str, base: str) -> None:
    """Remind one person by e-mail. The task knows the person's code, never the address."""
    from satuhati.web.surveys.mailing import send_reminder

    send_reminder(community_id, round_code, person, base)
