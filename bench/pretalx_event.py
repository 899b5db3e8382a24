"""Run by pretalx's own Python: one event, so many submissions with three reviews each; prints a session's cookie."""

import os
import random
import sys
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pretalx.settings")
django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django_scopes import scope, scopes_disabled  # noqa: E402

User = apps.get_model("person", "User")
MAY = ("can_create_events", "can_change_teams", "can_change_organiser_settings")
MAY += ("can_change_event_settings", "can_change_submissions", "is_reviewer")


def make_event():
    organiser = apps.get_model("event", "Organiser").objects.create(name="Pomiar", slug="pomiar")
    chair = User.objects.create_user(email="chair@pomiar.example", name="Chair", password="pomiar-pomiar-1")
    team = apps.get_model("event", "Team").objects.create(
        organiser=organiser, name="Office", all_events=True, **dict.fromkeys(MAY, True)
    )
    team.members.add(chair)
    start = date.today() + timedelta(days=60)
    event = apps.get_model("event", "Event").objects.create(
        name="Pomiar",
        slug="pomiar",
        organiser=organiser,
        is_public=True,
        date_from=start,
        date_to=start + timedelta(days=2),
        timezone="Europe/Warsaw",
        email="office@pomiar.example",
        locale_array="en",
        locale="en",
    )
    return event, chair


def fill(event, submissions):
    chance = random.Random(2025)
    reviewers = [
        User.objects.create_user(email=f"reviewer{n}@pomiar.example", name=f"Reviewer {n}", password="pomiar-pomiar-1")
        for n in range(3)
    ]
    kind = event.cfp.default_type
    scores = list(event.score_categories.first().scores.all())
    for number in range(submissions):
        entry = apps.get_model("submission", "Submission").objects.create(
            event=event,
            title=f"Submission {number}",
            submission_type=kind,
            abstract="An abstract.",
            content_locale="en",
        )
        speaker = User.objects.create_user(
            email=f"speaker{number}@pomiar.example", name=f"Speaker {number}", password="pomiar-pomiar-1"
        )
        apps.get_model("person", "SpeakerProfile").objects.create(user=speaker, event=event, biography="Speaks.")
        entry.speakers.add(speaker)
        for reviewer in reviewers:
            review = apps.get_model("submission", "Review").objects.create(
                submission=entry, user=reviewer, text="A remark."
            )
            review.scores.set([chance.choice(scores)])
            review.save(update_score=True)


def main():
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with scopes_disabled():
        event, chair = make_event()
    with scope(event=event):
        event.build_initial_data()
        fill(event, int(sys.argv[1]))
    client = Client()
    client.force_login(chair)
    name = settings.SESSION_COOKIE_NAME
    print(f"{name}={client.cookies[name].value}")


main()
