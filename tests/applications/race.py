"""Several people at one application at the same instant: each a process of its own over one site on a disk.

Started by test_concurrency with a throw-away PROBIERZ_VAR; prints what each contestant was answered.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from typing import Any

import django
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.urls import reverse

SAVES = 10
processes = multiprocessing.get_context("fork")


def prepare() -> tuple[Any, str, str]:
    from factories_applications import ready_application
    from factories_editions import EditionFactory
    from factories_institutions import RepresentativeFactory

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    edition = EditionFactory(call_open=True)
    representative = RepresentativeFactory()
    sent, drafted = ready_application(edition=edition), ready_application(edition=edition)
    for application in (sent, drafted):
        RepresentativeFactory(user=representative.user, institution=application.institution)
    return representative.user, str(sent.key), str(drafted.key)


def submit(client: Client, key: str) -> list[int]:
    return [client.post(reverse("panel-application-submit", kwargs={"key": key})).status_code]


def save(client: Client, key: str, field: str) -> list[int]:
    url, seen, statuses = reverse("panel-application-autosave", kwargs={"key": key}), "0", []
    for n in range(SAVES):
        data = {"changed": f"f-{field}", f"f-{field}": f"https://{field}{n}.example", "revision": seen}
        answer = client.post(url, data)
        statuses.append(answer.status_code)
        seen = answer.json()["revision"]
    return statuses


def contestant(user: Any, start: Any, answers: Any, name: str, run: Any, words: tuple[str, ...]) -> None:
    client = Client()
    client.force_login(user)
    start.wait(timeout=60)
    answers.put((name, run(client, *words)))


def main() -> None:
    django.setup()
    user, sent, drafted = prepare()
    # A connection must not be shared by two processes.
    connections.close_all()
    contestants = [
        ("first", submit, (sent,)),
        ("second", submit, (sent,)),
        ("one", save, (drafted, "www")),
        ("other", save, (drafted, "opis")),
    ]
    start, answers = processes.Barrier(len(contestants)), processes.Queue()
    running = [processes.Process(target=contestant, args=(user, start, answers, *entry)) for entry in contestants]
    for process in running:
        process.start()
    told = dict(answers.get(timeout=60) for _entry in contestants)
    for process in running:
        process.join()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
