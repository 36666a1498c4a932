"""The page on which the Council members are chosen."""

from __future__ import annotations

from rostrum.domain.debates.debate import Debate
from tests.web.client import Browser
from tests.web.factories import console


def marked(browser: Browser) -> set[str]:
    return {box["value"] for box in browser.page.select("input[name=council][checked]")}


def test_an_exchange_says_where_the_newcomer_speaks(anna: Browser, debate: Debate) -> None:
    anna.get(f"{console(debate)}/council")
    anna.submit("form[action$=draw]")
    order = anna.value("order").splitlines()
    anna.get(f"{console(debate)}/settings/council")
    codes = marked(anna)
    assert len(codes) == 15
    anna.submit("#council", {"council": sorted(codes - {"SOM"} | {"JPN"})})
    number = order.index("Somalia") + 1
    assert f"The others keep their order. New in it: Japan ({number})." in anna.words
    anna.get(f"{console(debate)}/council")
    order[number - 1] = "Japan"
    assert anna.value("order").splitlines() == order
    took = "Japan came after that and took the number of Somalia."
    assert took in anna.words, "the seed no longer gives these numbers"
    anna.get(f"{console(debate)}/settings/council")
    anna.submit("#council", {"council": sorted(marked(anna) - {"DNK"})})
    assert "Marked: 14 of 15." in anna.words
    anna.get(f"{console(debate)}/council")
    assert "The presidency (Denmark) is not among the members." in anna.says("#lot")
    assert not anna.has("input[name=presidency_last]")


def test_a_new_debate_has_the_permanent_members_marked_and_offers_no_organization(
    anna: Browser, debate: Debate
) -> None:
    anna.get(f"{console(debate)}/settings/council")
    anna.submit("#council", {"council": []})
    anna.get(f"{console(debate)}/settings/council")
    assert marked(anna) == {"CHN", "FRA", "RUS", "GBR", "USA"}
    assert "The permanent members are marked." in anna.words
    assert not anna.has("input[value=EU]")
    assert not anna.has("input[value=VAT]")
    wrong = {"council": "EU", "csrf_token": anna.token()}
    anna.post(f"{console(debate)}/settings/council", wrong, status=422)
    told = "Only Member States sit in the Council, not: European Union."
    assert told in anna.says("#council_error")
    assert marked(anna) == {"EU"}
