"""Making and changing a debate in the browser: its settings and its notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.actions.registrations.deadlines import move_extensions
from rostrum.domain.actors import Actor
from rostrum.domain.debates.announced import (
    AnnouncedChange,
    announced_value,
    changed_parts,
    check_announced,
)
from rostrum.domain.debates.debate import Debate, Phase, Translation
from rostrum.domain.debates.lifecycle import check_may_change
from rostrum.domain.debates.settings import (
    check_is_meant,
    check_settings,
    check_settings_version,
    check_slug,
    derive_slug,
    differences,
    notice_differences,
)
from rostrum.domain.errors import Conflict, RuleBroken
from rostrum.domain.journal.chain import canonical_json
from rostrum.domain.journal.kinds import EntryKind
from rostrum.domain.sentences import S_
from rostrum.domain.times import NEW_YORK, iso_millis
from rostrum.store import announced, debates, invitations, registrations
from rostrum.store.database import writing


def create_debate(
    db: Database,
    now: datetime,
    actor: Actor,
    debate: Debate,
    *,
    source: Debate | None = None,
    is_sure: bool = False,
) -> Debate:
    """Adds a debate; without a slug, it gets one from its day and short title.

    With `source`, it gets that debate's Council members. Raises RuleBroken on the field that
    contradicts the others, or whose slug is taken, and unless `is_sure` for a day whose year may be
    wrong.
    """
    check_settings(debate)
    if not is_sure:
        check_is_meant(debate, now)
    with writing(db):
        taken = debates.list_slugs(db)
        if not debate.slug:
            day = debate.starts_at.astimezone(NEW_YORK).date()
            debate = replace(debate, slug=derive_slug(day, debate.notice.short_title, taken))
        check_slug(debate.slug, taken)
        added = replace(debate, id=debates.insert_debate(db, debate))
        if source:
            members = debates.list_council_members(db, source.id)
            debates.replace_council_members(db, added.id, members)
        facts = {"slug": added.slug, "opens_at": iso_millis(added.opens_at)}
        copied = {"copied_from": source.slug} if source else {}
        event = Event(EntryKind.DEBATE_CREATED, debate_id=added.id, facts=facts | copied)
        record(db, now, actor, event)
        return added


def change_debate(
    db: Database,
    now: datetime,
    actor: Actor,
    *,
    changed: Debate,
    seen: int,
    reason: str = "",
    is_sure: bool = False,
) -> Debate:
    """Writes the settings and the notice of a debate as they are in `changed`.

    `seen` is the version that the page showed: Conflict if somebody was faster or if
    the debate is archived. RuleBroken for times that contradict each other, a slug that is taken
    or must stay, for a change of what delegations were told without a reason, and unless `is_sure`
    for a new day whose year may be wrong. Saving without any change writes nothing.
    """
    with writing(db):
        before = debates.get_debate_by_id(db, changed.id)
        check_may_change(before)
        check_settings_version(seen, before.version)
        if changed == before:
            return before
        check_settings(changed)
        if not is_sure:
            check_is_meant(changed, now, before)
        _check_new_slug(db, before, changed)
        _check_same_rule(db, before, changed)
        return write_change(db, now, actor, before=before, changed=changed, reason=reason)


def _check_new_slug(db: Database, before: Debate, changed: Debate) -> None:
    if changed.slug == before.slug:
        return
    if _has_registrations(db, before):
        raise RuleBroken("slug", S_("Delegations have registered: the address stays as it is."))
    check_slug(changed.slug, debates.list_slugs(db))


def _check_same_rule(db: Database, before: Debate, changed: Debate) -> None:
    """Once there are places, the rule of the order has its own action, which shows what moves."""
    is_same = (changed.order_policy, changed.tiers) == (before.order_policy, before.tiers)
    if not is_same and _has_registrations(db, before):
        raise RuleBroken(
            "order_policy",
            S_("Delegations have registered: change this under “Rule of the order”."),
        )


def _has_registrations(db: Database, debate: Debate) -> bool:
    return registrations.last_arrival_number(db, debate.id) > 0


def write_change(
    db: Database, now: datetime, actor: Actor, *, before: Debate, changed: Debate, reason: str = ""
) -> Debate:
    """Inside a transaction: writes the changed debate as its next version. What delegations were
    told and is so no longer is noted with its reason for all to read."""
    reason = reason.strip()
    is_announced = bool(invitations.list_invitations(db, before.id))
    has_places = _has_registrations(db, before)
    check_announced(before, changed, reason, is_announced=is_announced, has_places=has_places)
    after = replace(changed, version=before.version + 1)
    debates.update_debate(db, after)
    for part in changed_parts(before, after) if is_announced else ():
        change = AnnouncedChange(
            debate_id=after.id,
            part=part,
            before=announced_value(before, part),
            after=announced_value(after, part),
            reason=reason,
            changed_at=now,
            changed_by=actor.name or str(actor),
        )
        announced.insert_announced_change(db, change)
    move_extensions(db, now, actor, before=before, after=after)
    facts = {"version": after.version, "changed": differences(before, after)}
    personal = {"reason": reason} if reason else {}
    if words := notice_differences(before, after):
        personal["notice"] = canonical_json(words)
    event = Event(EntryKind.DEBATE_CHANGED, debate_id=after.id, facts=facts, personal=personal)
    record(db, now, actor, event)
    return after


def open_now(db: Database, now: datetime, actor: Actor, debate: Debate, reason: str) -> Debate:
    """Opens the list at this instant.

    Raises Conflict if it is already open, RuleBroken without a reason if delegations were told
    another opening.
    """
    with writing(db):
        before = debates.get_debate_by_id(db, debate.id)
        check_may_change(before)
        if before.phase(now) is not Phase.BEFORE:
            raise Conflict(S_("The list has opened already."))
        opened = replace(before, opens_at=now)
        check_settings(opened)
        return write_change(db, now, actor, before=before, changed=opened, reason=reason)


def close_now(db: Database, now: datetime, actor: Actor, debate: Debate) -> Debate:
    """Closes the list at this instant; places stay. Raises Conflict if it is not open."""
    with writing(db):
        before = debates.get_debate_by_id(db, debate.id)
        check_may_change(before)
        if before.phase(now) is not Phase.OPEN or now <= before.opens_at:
            raise Conflict(S_("The list is not open."))
        return write_change(db, now, actor, before=before, changed=replace(before, closes_at=now))


def translate_notice(
    db: Database, now: datetime, actor: Actor, debate: Debate, *, words: Translation, seen: int
) -> Debate:
    """Writes the notice in one more language; an empty translation removes it.

    Raises the errors of `change_debate`.
    """
    others = [each for each in debate.notice.translations if each.language != words.language]
    is_empty = words == Translation(words.language)
    translations = sorted([*others, *([] if is_empty else [words])], key=lambda each: each.language)
    notice = replace(debate.notice, translations=tuple(translations))
    return change_debate(db, now, actor, changed=replace(debate, notice=notice), seen=seen)
