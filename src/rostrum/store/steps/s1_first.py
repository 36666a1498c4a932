"""The first schema: debates, delegations, staff, letters, registrations, moves, the journal."""

from __future__ import annotations

from sqlite_utils import Database

from rostrum.store.steps.registry import migrations

SPEAKER_COLUMNS = """
    speaker_title text not null,
    speaker_name text not null,
    functional_title text not null,
    level text not null,
    language text not null,
    on_behalf_of text not null,
    contact_email text not null,
    contact_phone text not null,
"""


@migrations()
def m0001_debates_and_delegations(db: Database) -> None:
    db.executescript("""
    create table debate (
        id integer primary key,
        slug text not null unique check (slug != ''),
        notice text not null check (json_valid(notice)),
        starts_at integer not null,
        opens_at integer not null,
        closes_at integer check (closes_at > opens_at),
        letter_deadline integer,
        speaking_limit integer not null check (speaking_limit > 0)
    ) strict;
    create table delegation (
        id integer primary key,
        code text not null unique check (code != ''),
        names text not null check (json_valid(names)),
        basis text not null check (basis in ('rule_37', 'rule_39', 'previous_practice'))
    ) strict;
    create table council_member (
        debate_id integer not null references debate (id),
        delegation_id integer not null references delegation (id),
        primary key (debate_id, delegation_id)
    ) strict, without rowid;
    create table invitation (
        id integer primary key,
        debate_id integer not null references debate (id),
        delegation_id integer not null references delegation (id),
        generation integer not null default 1 check (generation > 0),
        revoked_at integer,
        unique (debate_id, delegation_id)
    ) strict;
    """)


@migrations()
def m0002_staff_and_sessions(db: Database) -> None:
    db.executescript("""
    create table staff (
        id integer primary key,
        name text not null unique collate nocase check (name != ''),
        role text not null check (role in ('admin', 'verifier', 'chair')),
        password_hash text not null
    ) strict;
    create table session (
        id integer primary key,
        hash text not null unique check (length(hash) = 64),
        invitation_id integer references invitation (id),
        generation integer,
        staff_id integer references staff (id),
        started_at integer not null,
        expires_at integer not null check (expires_at > started_at),
        ended_at integer,
        check ((invitation_id is null) != (staff_id is null)),
        check ((invitation_id is null) = (generation is null))
    ) strict;
    """)


@migrations()
def m0003_letters_drafts_registrations(db: Database) -> None:
    db.executescript(f"""
    create table letter (
        id integer primary key,
        debate_id integer not null references debate (id),
        delegation_id integer not null references delegation (id),
        stored_name text not null unique check (stored_name != ''),
        original_name text not null,
        kind text not null,
        size integer not null check (size > 0),
        sha256 text not null check (length(sha256) = 64),
        pages integer check (pages > 0),
        uploaded_at integer not null,
        state text not null check (state in ('pending', 'accepted', 'returned')),
        reason text not null default '',
        decided_by text not null default '',
        decided_at integer,
        check ((state = 'pending') = (decided_at is null)),
        check (state != 'returned' or reason != '')
    ) strict;
    create index letter_by_delegation on letter (debate_id, delegation_id);
    create table draft (
        debate_id integer not null references debate (id),
        delegation_id integer not null references delegation (id),
        {SPEAKER_COLUMNS}
        letter_id integer references letter (id),
        version integer not null check (version >= 0),
        updated_at integer not null,
        primary key (debate_id, delegation_id)
    ) strict, without rowid;
    create table registration (
        id integer primary key,
        debate_id integer not null references debate (id),
        delegation_id integer not null references delegation (id),
        arrival_number integer not null check (arrival_number > 0),
        received_at integer not null,
        reference text not null unique,
        idempotency_key text not null,
        {SPEAKER_COLUMNS}
        letter_id integer not null references letter (id),
        receipt_letter_id integer not null references letter (id),
        place integer check (place != 0),
        version integer not null check (version >= 0),
        withdrawn_at integer check (withdrawn_at >= received_at),
        unique (debate_id, arrival_number),
        unique (debate_id, delegation_id, idempotency_key),
        check ((place is null) = (withdrawn_at is not null))
    ) strict;
    create unique index one_active_registration
        on registration (debate_id, delegation_id) where withdrawn_at is null;
    create unique index one_place on registration (debate_id, place) where place is not null;
    create table move (
        id integer primary key,
        registration_id integer not null references registration (id),
        place_before integer not null check (place_before > 0),
        place_after integer not null check (place_after > 0),
        cause text not null check (cause in ('withdrawal')),
        caused_by integer not null references delegation (id),
        moved_at integer not null,
        check (place_before != place_after)
    ) strict;
    create index move_by_registration on move (registration_id);
    """)


@migrations()
def m0004_journal(db: Database) -> None:
    db.executescript("""
    create table journal (
        id integer primary key,
        at integer not null,
        debate_id integer references debate (id),
        delegation_id integer references delegation (id),
        kind text not null,
        actor text not null,
        facts text not null check (json_valid(facts)),
        digests text not null check (json_valid(digests)),
        hash text not null unique check (length(hash) = 64)
    ) strict;
    create index journal_by_debate on journal (debate_id, id);
    create table journal_value (
        journal_id integer not null references journal (id),
        name text not null,
        salt text,
        value text,
        primary key (journal_id, name),
        check ((salt is null) = (value is null))
    ) strict, without rowid;
    create trigger journal_is_append_only_update before update on journal
        begin select raise(abort, 'the journal is append-only'); end;
    create trigger journal_is_append_only_delete before delete on journal
        begin select raise(abort, 'the journal is append-only'); end;
    create trigger journal_value_is_only_purged before update on journal_value
        when new.value is not null or new.salt is not null
            or new.journal_id != old.journal_id or new.name != old.name
        begin select raise(abort, 'a journal value can only be purged'); end;
    create trigger journal_value_is_not_deleted before delete on journal_value
        begin select raise(abort, 'a journal value can only be purged'); end;
    """)


# A check cannot be altered, so the table is made anew: SQLite's own steps ("Making Other Kinds Of
# Table Schema Changes"). Foreign keys stay on throughout: no table refers to this one.
@migrations()
def m0005_moves_by_staff(db: Database) -> None:
    db.executescript("""
    create table new_move (
        id integer primary key,
        registration_id integer not null references registration (id),
        place_before integer not null check (place_before > 0),
        place_after integer not null check (place_after > 0),
        cause text not null check (cause in ('withdrawal', 'moved by staff')),
        caused_by integer not null references delegation (id),
        moved_at integer not null,
        actor text not null check (actor != ''),
        reason text not null,
        check (place_before != place_after),
        check (cause != 'moved by staff' or reason != '')
    ) strict;
    insert into new_move
        select move.id, registration_id, place_before, place_after, cause, caused_by, moved_at,
          'delegation:' || code, ''
        from move join delegation on delegation.id = caused_by;
    drop table move;
    alter table new_move rename to move;
    create index move_by_registration on move (registration_id);
    """)
