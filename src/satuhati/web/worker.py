"""The worker: takes jobs from the queue in the database, one after the other.

    python -m satuhati.web.worker

It loads the core before it takes the first job, so that the first snapshot is as quick as the
next one.
"""

from __future__ import annotations

import logging
import os
import threading
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "satuhati.web.settings")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

INTERVAL = 0.25
"""Seconds between two looks at an empty queue."""
HEARTBEAT = 5.0
HOUSEKEEPING = 180
"""Every so many beats the house is kept: a quarter of an hour."""


def beat() -> None:
    """Leave a sign of life for the health page, and ask for what is to be done regularly."""
    from django.conf import settings

    from satuhati.web.profile.tasks import housekeeping

    path = settings.DATA / "worker-alive"
    beats = 0
    while True:
        path.touch()
        if beats % HOUSEKEEPING == 0:
            housekeeping.enqueue()
        beats += 1
        time.sleep(HEARTBEAT)


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    threading.Thread(target=beat, daemon=True).start()
    from satuhati.web.profile import snapshots  # noqa: F401  loads the core

    logging.getLogger("satuhati.worker").info("worker ready")
    call_command("db_worker", interval=INTERVAL, startup_delay=False, queue_name="*")


if __name__ == "__main__":
    main()
