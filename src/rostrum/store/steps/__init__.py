"""The schema, step by step, one module for each topic. A step is never edited once it has landed.

The order of these imports is the order of the steps.
"""

from rostrum.store.steps import (
    s1_first,
    s2_letters,
    s3_settings,
    s4_debates,
    s5_delegations,
    s6_staff,
    s7_retention,
    s8_order,
    s9_on_behalf,
    s10_sharing,
    s11_key,
    s12_mission,
    s13_mission_contact,
    s14_typed_fields,
    s15_delayed,
    s16_dossier,
    s17_awaited_letters,
    s18_announced,
    s19_council_speakers,
    s20_pretend,
    s21_message_readers,
    s22_findings,
)
from rostrum.store.steps.registry import migrations

__all__ = [
    "migrations",
    "s1_first",
    "s2_letters",
    "s3_settings",
    "s4_debates",
    "s5_delegations",
    "s6_staff",
    "s7_retention",
    "s8_order",
    "s9_on_behalf",
    "s10_sharing",
    "s11_key",
    "s12_mission",
    "s13_mission_contact",
    "s14_typed_fields",
    "s15_delayed",
    "s16_dossier",
    "s17_awaited_letters",
    "s18_announced",
    "s19_council_speakers",
    "s20_pretend",
    "s21_message_readers",
    "s22_findings",
]
