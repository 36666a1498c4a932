"""Messages from before they had readers, an end and languages."""

from __future__ import annotations

from pathlib import Path

from rostrum.store.database import connect
from rostrum.store.messages import list_messages, list_public
from rostrum.store.migrations import migrate, migrations
from tests.factories import BEFORE, make_debate


def test_an_earlier_message_is_to_all_and_on_the_public_list(tmp_path: Path) -> None:
    path = tmp_path / "rostrum.db"
    db = connect(path)
    migrations.apply(db, stop_before="m0025_message_readers")
    debate = make_debate(db)
    db.execute(
        "insert into message (debate_id, text, sent_at, sent_by) values (:id, 'Hello.', 1, 'anna')",
        {"id": debate.id},
    )
    db.conn.commit()
    db.close()
    assert "m0025_message_readers" in migrate(path)
    db = connect(path)
    [message] = list_messages(db, debate.id)
    assert (message.is_to_all, message.is_public, message.recipients) == (True, True, ())
    assert list_public(db, debate.id, BEFORE) == [message]
    db.close()
