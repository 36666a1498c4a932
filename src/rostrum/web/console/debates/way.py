"""Where a debate stands, and the one page that takes it further."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from rostrum.domain.debates.debate import Debate
from rostrum.domain.debates.way import Progress, Step, way_of
from rostrum.domain.sentences import N_
from rostrum.store.way import get_progress
from rostrum.web.context import clock_now, db
from rostrum.web.language.catalogs import LANGUAGES, gettext

NEXT = {
    Step.PREPARED: (N_("Choose the Council members"), "console_debates.council.edit"),
    Step.CONTACT: (N_("Say whom delegations call"), "mission_contact.show"),
    Step.TRANSLATED: (N_("Translate the notice"), "console_debates.notices.edit"),
    Step.INVITED: (N_("Invite delegations"), "console_invitations.new_invitations"),
    Step.REHEARSED: (N_("Start a rehearsal"), "console_debates.show"),
    Step.OPENED: (N_("See who is ready"), "console.list_registrations"),
    Step.LETTERS: (N_("Read the letters"), "console_letters.show_next"),
    Step.ORDER: (N_("Set the order of the Council"), "console_council.show"),
    Step.MEETING: (N_("List to print"), "exports.show"),
    Step.OVER: (N_("Archive the debate"), "console_debates.status.show"),
}
"""What to press at each step, and the page to which it leads."""


@dataclass(frozen=True)
class Standing:
    """The steps with whether each is done, the present one, and the way to the next."""

    steps: list[tuple[Step, bool]]
    current: Step | None
    progress: Progress
    text: str = ""
    url: str = ""


def standing_of(debate: Debate) -> Standing:
    """Where the debate stands now."""
    progress, translations = get_progress(db(), debate.id, clock_now()), len(LANGUAGES) - 1
    way = way_of(debate, progress, translations, clock_now())
    steps = [(step, step in way.done) for step in Step]
    if way.current is None:
        return Standing(steps, None, progress)
    text, endpoint = NEXT[way.current]
    where = {} if way.current is Step.CONTACT else {"slug": debate.slug}
    if way.current is Step.TRANSLATED:
        where["language"] = _untranslated(debate)
    if way.current is Step.REHEARSED:
        where["_anchor"] = "rehearsals_title"
    return Standing(steps, way.current, progress, gettext(text), url_for(endpoint, **where))


def _untranslated(debate: Debate) -> str:
    """The first language in which the notice has no title."""
    return next(
        each for each in LANGUAGES if each != "en" and not debate.notice.translation(each).title
    )
