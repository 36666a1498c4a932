"""Every state of every page, each brought about once: for pictures and for checks of layout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from playwright.sync_api import Browser, expect

from rostrum.clock import utc_clock
from rostrum.domain.registrations.roll import Shown
from tests.browser.people import NO_CONNECTION, Person
from tests.browser.served_debate import ServedDebate
from tests.browser.server import ADMIN_NAME, Server

REASON = "not_addressed_to_the_president"
MINUTE, HOUR = 60, 3600
EAST_DOOR = "Delegations come in by the east door."
EAST_DOORS = {
    "fr": "Les délégations entrent par la porte est.",
    "ar": "تدخل الوفود من الباب الشرقي.",
}
BEFORE_KENYA = ("BRA", "IRL", "JPN", "MEX", "EGY", "IDN")
AFTER_KENYA = ("DEU", "ZAF", "URY", "IND", "NPL", "ITA", "BGD", "RWA", "PSE", "CHE", "NOR", "QAT")


@dataclass
class Stage:
    """A server and a browser; makes debates and people of one screen size and colour scheme."""

    server: Server
    browser: Browser
    options: dict[str, object]
    people: list[Person] = field(default_factory=list)
    spare: list[Person] = field(default_factory=list)
    """People of an earlier scene: a new browser takes a quarter of a scene's time."""

    def debate(self, opens_in: float) -> ServedDebate:
        """Lists open at a whole minute, unless the picture is about the last one."""
        seconds = (utc_clock.now() + timedelta(seconds=opens_in)).second
        return ServedDebate(self.server, opens_in - seconds if abs(opens_in) > MINUTE else opens_in)

    def full_list(self) -> ServedDebate:
        """A list in the middle of the morning, Kenya seventh of 19."""
        debate = self.debate(-HOUR)
        debate.register(*BEFORE_KENYA, "KEN", *AFTER_KENYA)
        return debate

    def visitor(self) -> Person:
        made = self.spare.pop() if self.spare else Person(self.browser, **self.options)
        self.people.append(made)
        return made

    def delegate(self, debate: ServedDebate, code: str = "KEN", rest: str = "") -> Person:
        """A delegate at the delegation's page, or one below it."""
        someone = self.visitor().follow_link(debate, code)
        if rest:
            someone.page.goto(debate.page(code, rest))
        return someone

    def clerk(self, debate: ServedDebate) -> Person:
        return self.visitor().sign_in(debate)

    def admin(self, debate: ServedDebate, rest: str = "") -> Person:
        """An admin on a page of the console."""
        someone = self.visitor().sign_in(debate, ADMIN_NAME)
        someone.page.goto(debate.console(rest))
        return someone

    def rest(self) -> None:
        """Between two scenes of the same options."""
        self.spare += [each.forget() for each in self.people]
        self.people.clear()

    def clear(self) -> None:
        for each in self.people + self.spare:
            each.close()
        self.people.clear()
        self.spare.clear()


def preparing(stage: Stage) -> Person:
    return stage.delegate(stage.debate(HOUR)).wait_until_live()


def ready(stage: Stage) -> Person:
    debate = stage.debate(5 * MINUTE)
    debate.prepare("KEN")
    return stage.delegate(debate).wait_until_live()


def last_minute(stage: Stage) -> Person:
    debate = stage.debate(50)
    debate.prepare("KEN")
    someone = stage.delegate(debate).wait_until_live()
    expect(someone.standing).to_have_attribute("data-last", "")
    return someone


def opened(stage: Stage) -> Person:
    debate = stage.debate(-5)
    debate.prepare("KEN")
    return stage.delegate(debate).wait_until_live()


def trying(stage: Stage) -> Person:
    """A press on a dead connection, the screen kept on."""
    someone = opened(stage)
    someone.expects(NO_CONNECTION)
    someone.page.get_by_role("switch").check()
    someone.page.route("**/registration", lambda route: route.abort())
    someone.button.click()
    expect(someone.page.locator("#press_said")).to_contain_text("Trying again (1)")
    return someone


def unsaved(stage: Stage) -> Person:
    """A correction that could not be sent."""
    someone = speaker(stage)
    someone.expects(NO_CONNECTION)
    someone.page.route("**/healthz", lambda route: route.abort())
    someone.page.get_by_role("button", name="Save").click()
    expect(someone.page.get_by_role("alert")).to_contain_text("nothing was saved")
    return someone


def open_unprepared(stage: Stage) -> Person:
    return stage.delegate(stage.debate(-5)).wait_until_live()


def registered(stage: Stage) -> Person:
    someone = stage.delegate(stage.full_list()).wait_until_live()
    expect(someone.number).to_have_text("7")
    return someone


def moved(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.accept("KEN")
    debate.withdraw("IRL")
    someone = stage.delegate(debate).wait_until_live()
    expect(someone.number).to_have_text("6")
    return someone


def returned(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.send_back("KEN", REASON)
    return stage.delegate(debate).wait_until_live()


def withdrawn(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.withdraw("KEN")
    return stage.delegate(debate).wait_until_live()


def closed(stage: Stage) -> Person:
    debate = stage.debate(-HOUR)
    debate.close()
    return stage.delegate(debate).wait_until_live()


def council_member(stage: Stage) -> Person:
    return stage.delegate(stage.full_list(), "DNK").wait_until_live()


def shut_out(stage: Stage) -> Person:
    """No letter, and none is taken any more."""
    debate = stage.debate(HOUR)
    debate.end_letters()
    return stage.delegate(debate).wait_until_live()


def dropped_letter(stage: Stage) -> Person:
    """Taken in the last minute, and found unreadable afterwards."""
    debate = stage.debate(50)
    someone = stage.delegate(debate).wait_until_live()
    broken = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 no more"}
    someone.page.locator("#letter").set_input_files(broken)
    expect(someone.page.locator("#letter_error")).to_be_visible()
    return someone


def about(stage: Stage) -> Person:
    return stage.delegate(stage.debate(HOUR), rest="/about")


def whole_list(stage: Stage) -> Person:
    return stage.delegate(stage.full_list(), rest="/list").wait_until_live()


def invitation(stage: Stage) -> Person:
    someone = stage.visitor()
    someone.page.goto(stage.debate(HOUR).link("KEN"))
    return someone


def speaker(stage: Stage) -> Person:
    return stage.delegate(stage.full_list(), rest="/speaker")


def replace_letter(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.send_back("KEN", REASON)
    return stage.delegate(debate, rest="/letter")


def withdrawal(stage: Stage) -> Person:
    return stage.delegate(stage.full_list(), rest="/withdrawal")


def errors(stage: Stage) -> Person:
    someone = stage.delegate(stage.debate(HOUR)).wait_until_live()
    someone.type_speaker(name="", functional_title="", contact_email="nowhere")
    someone.page.locator("button.save[type=submit]").click()
    expect(someone.page.get_by_role("alert")).to_be_focused()
    return someone


def rule(stage: Stage) -> Person:
    someone = stage.visitor()
    debate = stage.full_list()
    someone.page.goto(f"{stage.server.url}/debates/{debate.slug}/rule")
    return someone


def receipt(stage: Stage) -> Person:
    someone = stage.delegate(stage.full_list())
    someone.page.get_by_role("link", name="Receipt to show or print").click()
    expect(someone.page.get_by_role("heading", name="Receipt for Kenya")).to_be_visible()
    return someone


def fairness(stage: Stage) -> Person:
    debate = stage.full_list()
    someone = stage.clerk(debate)
    someone.page.goto(debate.console("/fairness"))
    return someone


def not_found(stage: Stage) -> Person:
    someone = stage.visitor()
    someone.page.goto(f"{stage.server.url}/invitations/nobody-has-this-link")
    return someone


def home(stage: Stage) -> Person:
    someone = stage.visitor()
    someone.page.goto(stage.server.url)
    return someone


def link_refused(stage: Stage) -> Person:
    """The field for a link, told that the link was cut."""
    someone = stage.visitor()
    someone.page.goto(f"{stage.server.url}/link")
    someone.page.get_by_label("Your personal link").fill(f"{stage.server.url}/invitations/26-dVzh")
    someone.page.locator("main form button").click()
    expect(someone.page.get_by_role("alert")).to_contain_text("The link is not whole.")
    return someone


def signed_in_twice(stage: Stage) -> Person:
    """The first page on a phone of two delegations."""
    debate = stage.debate(HOUR)
    someone = stage.delegate(debate).follow_link(debate, "PSE")
    someone.page.goto(stage.server.url)
    return someone


def sign_in(stage: Stage) -> Person:
    someone = stage.visitor()
    someone.page.goto(f"{stage.server.url}/staff")
    return someone


def console(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.accept("BRA")
    debate.send_back("EGY", REASON)
    debate.withdraw("IRL")
    return stage.clerk(debate).wait_until_live()


def empty_console(stage: Stage) -> Person:
    return stage.clerk(stage.debate(HOUR)).wait_until_live()


def letter(stage: Stage) -> Person:
    debate = stage.debate(-HOUR)
    debate.prepare("KEN")
    debate.register("KEN")
    debate.prepare("BRA")
    debate.register("BRA", *BEFORE_KENYA[1:])
    someone = stage.clerk(debate)
    someone.row("Kenya").locator("a.state").click()
    expect(someone.page.get_by_role("img", name="Page 1")).to_have_js_property("complete", True)
    expect(someone.page.locator("#decision")).to_have_attribute("data-awake", "")
    return someone.wait_until_live()


def verification_marked(stage: Stage) -> Person:
    someone = letter(stage)
    someone.page.keyboard.press("2")
    someone.page.keyboard.press("4")
    return someone


def verification_done(stage: Stage) -> Person:
    someone = letter(stage)
    someone.page.keyboard.press("4")
    someone.page.keyboard.press("r")
    expect(someone.page.locator(".decided")).to_be_visible()
    return someone


def verification_help(stage: Stage) -> Person:
    someone = letter(stage)
    someone.page.keyboard.press("?")
    expect(someone.page.get_by_role("dialog")).to_be_visible()
    return someone


def verification_waiting(stage: Stage) -> Person:
    debate = stage.debate(-HOUR)
    someone = stage.clerk(debate)
    someone.page.goto(debate.console("/letters"))
    return someone.wait_until_live()


def late_letter(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.send_back("KEN", REASON)
    debate.end_letters()
    someone = stage.clerk(debate)
    someone.row("Kenya").get_by_role("link", name="Too late").click()
    expect(someone.page.get_by_role("button", name="Strike place 7")).to_be_visible()
    return someone


def dossier(stage: Stage) -> Person:
    """All that staff know of Kenya, which was moved, is to be read, and has a note."""
    debate = stage.full_list()
    debate.send_back("KEN", REASON)
    stage.delegate(debate)
    debate.say("The Deputy waits for your call.", "KEN")
    someone = stage.admin(debate, "/delegations/KEN")
    someone.page.get_by_role("textbox", name="Note").fill(
        "The Deputy called: a letter comes at noon."
    )
    someone.page.get_by_role("button", name="Add the note").click()
    return someone.wait_until_live()


def dossier_of_a_draft(stage: Stage) -> Person:
    debate = stage.debate(HOUR)
    debate.prepare("KEN")
    return stage.admin(debate, "/delegations/KEN").wait_until_live()


def withdrawal_by_staff(stage: Stage) -> Person:
    return stage.admin(stage.full_list(), "/delegations/KEN/withdrawal")


def letter_by_staff(stage: Stage) -> Person:
    return stage.admin(stage.full_list(), "/delegations/KEN/letter")


def speaker_by_staff(stage: Stage) -> Person:
    return stage.admin(stage.full_list(), "/delegations/KEN/speaker")


def late_console(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.accept("BRA")
    debate.send_back("EGY", REASON)
    debate.end_letters()
    return stage.clerk(debate).wait_until_live()


def struck(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.send_back("KEN", REASON)
    debate.end_letters()
    debate.strike("KEN", "No signed letter was received in time.")
    return stage.delegate(debate).wait_until_live()


def order(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.move("KEN", 3, ground="group")
    someone = stage.clerk(debate)
    someone.page.goto(debate.console("/order"))
    return someone.wait_until_live()


def rule_change(stage: Stage) -> Person:
    """What an order by level alone would move; one delegation loses what was decided."""
    debate = stage.full_list()
    debate.move("KEN", 3, ground="group")
    someone = stage.admin(debate, "/levels")
    someone.page.locator("#order_policy").select_option("precedence")
    someone.page.locator("#keeps").uncheck()
    someone.page.locator("button[name=look]").click()
    expect(someone.page.locator("#what_moves")).to_be_visible()
    return someone


def order_from_file(stage: Stage) -> Person:
    """Rows and numbers of the file say different orders; two lines are left out."""
    debate = stage.full_list()
    someone = stage.clerk(debate)
    someone.page.goto(debate.console("/order/sheet"))
    rows = "place,code\n3,KEN\n1,BRA\n2,JPN\n,ATLANTIS\n9,GUY\n"
    table = {"name": "list.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    someone.page.get_by_label("File (XLSX or CSV)").set_input_files(table)
    someone.page.get_by_role("button", name="See whom it would move").click()
    expect(someone.page.get_by_role("button", name="Put in this order")).to_be_visible()
    return someone


def council(stage: Stage) -> Person:
    debate = stage.full_list()
    someone = stage.clerk(debate)
    someone.page.goto(debate.console("/council"))
    someone.page.get_by_role("button", name="Draw by lot").click()
    expect(someone.page.get_by_text("Drawn by lot with the seed")).to_be_visible()
    someone.page.goto(debate.console("/council/GUY/speaker"))
    someone.page.get_by_label("Form of address").fill("H.E. Mr.")
    someone.page.get_by_label("Full name").fill("Hugh Hilton Todd")
    someone.page.get_by_label("Functional title").fill("Minister for Foreign Affairs")
    someone.page.get_by_label("Level").select_option("minister")
    someone.page.get_by_label("Language of the statement").select_option("en")
    someone.page.get_by_role("button", name="Save the speaker").click()
    expect(someone.page.get_by_text("Speaker of Guyana saved.")).to_be_visible()
    return someone


def swap_asked(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.ask_swap("EGY", "KEN")
    return stage.delegate(debate, rest="/swaps")


def swap_question(stage: Stage) -> Person:
    someone = swap_asked(stage)
    someone.page.get_by_role("link", name="Agree: be number").click()
    return someone


def swap_agreed(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.swap_without_approval()
    debate.ask_swap("EGY", "KEN", is_agreed=True)
    debate.hold_decisions()
    return stage.delegate(debate, rest="/swaps")


def later_question(stage: Stage) -> Person:
    return stage.delegate(stage.full_list(), rest="/later/8")


def change(stage: Stage) -> Person:
    debate = stage.full_list()
    someone = stage.delegate(debate, rest="/later/8")
    someone.page.get_by_role("button", name="Be number 8").click()
    expect(someone.page.get_by_role("button", name="Take back")).to_be_visible()
    debate.hold_decisions()
    return someone


def changing(stage: Stage) -> Person:
    someone = change(stage)
    someone.page.get_by_role("link", name="Back to your page").click()
    return someone.wait_until_live()


def swap_to_approve(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.ask_swap("EGY", "KEN", is_agreed=True)
    someone = stage.clerk(debate)
    someone.page.goto(debate.console("/swaps"))
    return someone


def later(stage: Stage) -> Person:
    return stage.delegate(stage.full_list(), rest="/later")


def explained(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.withdraw("IRL")
    debate.move("MEX", 1, ground="travel")
    debate.ask_swap("EGY", "KEN")
    someone = stage.delegate(debate).wait_until_live()
    expect(someone.number).to_have_text("6")
    return someone


def reinstatement(stage: Stage) -> Person:
    debate = stage.full_list()
    gone = debate.registration("KEN")
    debate.withdraw("KEN")
    someone = stage.clerk(debate)
    someone.page.goto(debate.console(f"/registrations/{gone.id}/reinstatement"))
    return someone


def move(stage: Stage) -> Person:
    someone = stage.clerk(stage.full_list())
    someone.row("Kenya").get_by_role("link", name="Move…").click()
    someone.page.get_by_label("New place").fill("1")
    someone.page.get_by_role("button", name="Move Kenya").click()
    expect(someone.page.get_by_role("alert")).to_be_focused()
    return someone


def exports(stage: Stage) -> Person:
    debate = stage.full_list()
    someone = stage.clerk(debate)
    someone.page.goto(debate.console("/exports"))
    expect(someone.page.get_by_role("button", name="Copy").first).to_be_visible()
    return someone


def printed_list(stage: Stage) -> Person:
    debate = stage.full_list()
    someone = stage.clerk(debate)
    someone.page.goto(debate.console("/exports/list"))
    return someone


def without_server(stage: Stage) -> Person:
    debate = stage.debate(HOUR)
    debate.say_whom_to_call()
    someone = stage.clerk(debate)
    someone.page.goto(debate.console("/exports"))
    someone.page.get_by_role("link", name="If the server is down at the opening").click()
    return someone


def running_sheet(stage: Stage) -> Person:
    someone = council(stage)
    someone.page.get_by_role("link", name="Exports").click()
    someone.page.get_by_role("link", name="Running sheet").click()
    expect(someone.page.get_by_role("heading", name="Running sheet")).to_be_visible()
    return someone


def _settings(stage: Stage, rest: str = "", opens_in: float = HOUR) -> Person:
    debate = stage.debate(opens_in)
    someone = stage.visitor().sign_in(debate, ADMIN_NAME)
    someone.page.goto(debate.console(f"/settings{rest}"))
    return someone


def all_debates(stage: Stage) -> Person:
    debate = stage.debate(HOUR)
    debate.postpone("The chair travels.")
    someone = stage.visitor().sign_in(debate, ADMIN_NAME)
    someone.page.goto(f"{stage.server.url}/staff")
    return someone


def settings(stage: Stage) -> Person:
    return _settings(stage)


def asked_settings(stage: Stage) -> Person:
    """The year of the meeting may be wrong: asked about once."""
    someone = _settings(stage, "/edit")
    someone.page.get_by_label("The meeting starts").fill("2035-03-08T10:00")
    someone.page.get_by_label("Reason the delegations read").fill("The chair travels.")
    someone.page.get_by_role("button", name="Save").click()
    expect(someone.page.locator("#sure_error")).to_be_visible()
    return someone


def edit_settings(stage: Stage) -> Person:
    someone = _settings(stage, "/edit")
    someone.page.get_by_label("The list closes").fill("2020-03-08T02:30")
    someone.page.get_by_role("button", name="Save").click()
    expect(someone.page.locator("#closes_at_error")).to_be_visible()
    return someone


def contested_settings(stage: Stage) -> Person:
    """Two people changed the same settings at once: both texts, side by side."""
    debate = stage.debate(HOUR)
    someone = stage.visitor().sign_in(debate, ADMIN_NAME)
    someone.page.goto(debate.console("/settings/edit"))
    other = someone.page.context.new_page()
    other.goto(debate.console("/settings/edit"))
    typed = {"Chair": "H.E. Ms. Signe Holm", "What the debate is about": "Peace.\nAnd security."}
    for page, name in ((other, ", Minister"), (someone.page, ", Deputy Minister")):
        for label, text in typed.items():
            page.get_by_label(label).fill(text + name)
        page.get_by_role("button", name="Save").click()
    other.close()
    expect(someone.page.locator(".theirs").first).to_be_visible()
    return someone


def soon_signed_out(stage: Stage) -> Person:
    """An admin who only watched: how long still, and how to stay."""
    debate = stage.full_list()
    someone = stage.admin(debate)
    someone.page.goto(debate.console())
    debate.let_rest(someone.staff_cookie, minutes=27)
    someone.page.evaluate("htmx.ajax('GET', '/staff/here', {target: '#here', swap: 'outerHTML'})")
    expect(someone.page.get_by_role("button", name="Stay signed in")).to_be_visible()
    return someone


def steps(stage: Stage) -> Person:
    return _settings(stage, "/status")


def steps_refused(stage: Stage) -> Person:
    someone = _settings(stage, "/status", -HOUR)
    someone.page.get_by_role("button", name="Cancel the debate").click()
    expect(someone.page.locator("[id='cancellation-reason_error']")).to_be_visible()
    return someone


def members(stage: Stage) -> Person:
    return _settings(stage, "/council")


def arabic_notice(stage: Stage) -> Person:
    return _settings(stage, "/notice/ar")


def deletion(stage: Stage) -> Person:
    debate = stage.debate(HOUR)
    debate.rehearse()
    someone = stage.visitor().sign_in(debate, ADMIN_NAME)
    someone.page.goto(debate.console("/settings/deletion"))
    return someone


def new_debate(stage: Stage) -> Person:
    debate = stage.debate(HOUR)
    someone = stage.visitor().sign_in(debate, ADMIN_NAME)
    someone.page.goto(f"{stage.server.url}/staff/new-debate?from={debate.slug}")
    return someone


def messages(stage: Stage) -> Person:
    """One to all in three languages until the meeting, one to a part, one to Kenya."""
    debate = stage.full_list()
    stage.delegate(debate)
    debate.send_back("KEN", REASON)
    debate.say(EAST_DOOR, ends_at=debate.stored.starts_at, translations=EAST_DOORS)
    debate.say("Send the letter on the paper of your mission.", part=Shown.RETURNED)
    debate.say("The Deputy waits for your call.", "KEN")
    someone = stage.clerk(debate)
    someone.page.goto(debate.console("/messages"))
    return someone


def message_to_one(stage: Stage) -> Person:
    return stage.admin(stage.full_list(), "/delegations/KEN/message")


def told(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.say(EAST_DOOR, translations=EAST_DOORS)
    debate.say("The Deputy waits for your call.", "KEN")
    return stage.delegate(debate).wait_until_live()


def told_preparing(stage: Stage) -> Person:
    debate = stage.debate(HOUR)
    debate.say(EAST_DOOR, translations=EAST_DOORS)
    debate.say("The Deputy waits for your call.", "KEN")
    return stage.delegate(debate).wait_until_live()


def postponed(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.postpone("The chair travels to the Great Lakes region.")
    return stage.delegate(debate).wait_until_live()


def postponed_preparing(stage: Stage) -> Person:
    debate = stage.debate(HOUR)
    debate.postpone("The chair travels to the Great Lakes region.", timedelta(days=7))
    return stage.delegate(debate).wait_until_live()


ELSEWHERE = ("Trusteeship Council Chamber, United Nations", "The Chamber is being repaired.")


def resumed(stage: Stage) -> Person:
    """Seven days later and elsewhere: the page says what was told before."""
    debate = stage.full_list()
    debate.postpone("The chair travels to the Great Lakes region.")
    debate.resume(timedelta(days=7))
    debate.move_venue(*ELSEWHERE)
    return stage.delegate(debate).wait_until_live()


def resumed_preparing(stage: Stage) -> Person:
    debate = stage.debate(HOUR)
    debate.postpone("The chair travels to the Great Lakes region.")
    debate.resume(timedelta(days=7))
    debate.move_venue(*ELSEWHERE)
    return stage.delegate(debate).wait_until_live()


def cancelled(stage: Stage) -> Person:
    debate = stage.debate(HOUR)
    debate.cancel("The presidency has withdrawn the item.")
    return stage.delegate(debate).wait_until_live()


def rehearsal(stage: Stage) -> Person:
    debate = stage.debate(HOUR)
    debate.rehearse()
    return stage.delegate(debate).wait_until_live()


def pretending(stage: Stage) -> Person:
    """The server itself pressed for twelve delegations and had their letters read."""
    debate = stage.debate(HOUR)
    debate.rehearse()
    debate.pretend(12)
    someone = stage.clerk(debate)
    someone.page.goto(debate.console(""))
    expect(someone.page.locator("tbody .badge")).to_have_count(12)
    return someone.wait_until_live()


def rehearsed_settings(stage: Stage) -> Person:
    debate = stage.debate(HOUR)
    debate.rehearse()
    debate.pretend(40)
    someone = stage.admin(debate, "/settings")
    expect(someone.page.get_by_text("Registered by themselves")).to_be_visible()
    return someone


def journal(stage: Stage) -> Person:
    debate = stage.full_list()
    someone = stage.clerk(debate)
    someone.page.goto(debate.console("/journal"))
    return someone.wait_until_live()


def _staff(stage: Stage, path: str) -> Person:
    someone = stage.visitor().sign_in(stage.debate(HOUR), ADMIN_NAME)
    someone.page.goto(f"{stage.server.url}/staff{path}")
    return someone


def people(stage: Stage) -> Person:
    return _staff(stage, "/people")


def person(stage: Stage) -> Person:
    someone = _staff(stage, "/people")
    someone.page.get_by_role("link", name="vera").click()
    someone.page.get_by_role("button", name="Make a one-time link").click()
    expect(someone.page.get_by_label("One-time link")).to_be_visible()
    return someone


def address(stage: Stage) -> Person:
    return _staff(stage, "/address")


def account(stage: Stage) -> Person:
    return _staff(stage, "/account")


def authenticator(stage: Stage) -> Person:
    return _staff(stage, "/account/authenticator")


def one_time_link(stage: Stage) -> Person:
    someone = person(stage)
    someone.page.goto(someone.page.get_by_label("One-time link").input_value())
    return someone


def privacy(stage: Stage) -> Person:
    someone = stage.visitor()
    someone.page.goto(f"{stage.server.url}/debates/{stage.debate(HOUR).slug}/privacy")
    return someone


def invitations(stage: Stage) -> Person:
    debate = stage.debate(HOUR)
    stage.delegate(debate)
    debate.revoke("BRA")
    return stage.admin(debate, "/invitations?q=bra").wait_until_live()


def all_invitations(stage: Stage) -> Person:
    debate = stage.debate(HOUR)
    stage.delegate(debate, "AFG")
    debate.revoke("ALB")
    return stage.admin(debate, "/invitations").wait_until_live()


def one_invitation(stage: Stage) -> Person:
    someone = invitations(stage)
    someone.page.get_by_role("link", name="Link… (Brazil)").click()
    someone.page.get_by_text("Make a new link…").click()
    someone.page.get_by_role("button", name="Make a new link", exact=True).click()
    expect(someone.page.get_by_label("Personal link")).to_be_visible()
    return someone


def cards(stage: Stage) -> Person:
    debate = stage.debate(HOUR)
    debate.say_whom_to_call()
    return stage.admin(debate, "/invitations/cards?language=ar")


def delegations(stage: Stage) -> Person:
    someone = stage.admin(stage.debate(HOUR), "")
    someone.page.get_by_role("link", name="Delegations").click()
    expect(someone.page.get_by_role("heading", name="Delegations")).to_be_visible()
    return someone


def delegation_table(stage: Stage) -> Person:
    someone = delegations(stage)
    someone.page.get_by_role("link", name="Import a table").click()
    head = "code,name_en,name_fr,name_es,name_ru,name_zh,name_ar,basis,contact_emails"
    rows = "ITU,International Telecommunication Union,,,,,,rule_39,a@itu.example\n"
    rows += "EU,The European Union,Union européenne,,,,,rule_39,\n"
    table = {"name": "d.csv", "mimeType": "text/csv", "buffer": f"{head}\n{rows}".encode()}
    someone.page.get_by_label("Table (XLSX or CSV)").set_input_files(table)
    someone.page.get_by_role("button", name="See what it would change").click()
    expect(someone.page.get_by_role("button", name="Apply these changes")).to_be_visible()
    return someone


def one_delegation(stage: Stage) -> Person:
    someone = delegations(stage)
    someone.page.get_by_role("link", name="African Union").click()
    someone.page.get_by_label("E-mail addresses").fill("nobody")
    someone.page.get_by_role("button", name="Save").click()
    expect(someone.page.get_by_role("alert")).to_be_visible()
    return someone


def phones(stage: Stage) -> Person:
    debate = stage.full_list()
    stage.delegate(debate)
    return stage.delegate(debate, rest="/phones").wait_until_live()


def retention(stage: Stage) -> Person:
    debate = stage.debate(-HOUR)
    debate.prepare("KEN", "BRA", "IND")
    debate.register("KEN", "BRA")
    debate.end_meeting()
    someone = stage.admin(debate)
    someone.page.goto(debate.console("/retention"))
    someone.page.locator("main summary").click()
    return someone


def purged(stage: Stage) -> Person:
    someone = retention(stage)
    someone.page.get_by_label("Delete this for ever").check()
    someone.page.get_by_role("button", name="Delete letters and contacts").click()
    expect(someone.page.get_by_text("Nothing is left to delete.")).to_be_visible()
    return someone


def on_behalf_choice(stage: Stage) -> Person:
    debate = stage.full_list()
    someone = stage.clerk(debate)
    someone.page.goto(debate.console("/on-behalf?q=fi"))
    return someone.wait_until_live()


def on_behalf(stage: Stage) -> Person:
    debate = stage.full_list()
    someone = stage.clerk(debate)
    someone.page.goto(debate.console("/on-behalf/delegations/FJI"))
    someone.page.get_by_label("How the request came").select_option("email")
    someone.page.get_by_role("button", name="Register Fiji").click()
    expect(someone.page.get_by_role("alert")).to_be_visible()
    return someone


def entered(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.enter("FJI", minutes_ago=30)
    return stage.delegate(debate, "FJI").wait_until_live()


def letter_follows(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.enter("FJI", minutes_ago=30, follows=True)
    return stage.delegate(debate, "FJI").wait_until_live()


def entered_console(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.enter("FJI", minutes_ago=30)
    return stage.clerk(debate).wait_until_live()


def sharing(stage: Stage) -> Person:
    debate = stage.full_list()
    someone = stage.delegate(debate, rest="/shares")
    someone.page.get_by_role("button", name="Make a link").click()
    someone.page.locator(".code summary").first.click()
    return someone


def shared(stage: Stage) -> Person:
    someone = sharing(stage)
    someone.page.goto(someone.page.locator(".card input").first.input_value())
    return someone.wait_until_live()


def reached(stage: Stage) -> Person:
    someone = stage.delegate(stage.full_list())
    someone.page.locator("summary", has_text="Tell me when").click()
    someone.page.get_by_label("Tell me when this many delegations are before me:").fill("6")
    someone.page.get_by_role("button", name="Tell me").click()
    expect(someone.page.locator("#reached")).to_be_visible()
    return someone.wait_until_live()


def paused(stage: Stage) -> Person:
    someone = reached(stage)
    someone.page.get_by_role("button", name="Pause updates").click()
    return someone


def public_list(stage: Stage) -> Person:
    debate = stage.full_list()
    debate.show_to_everybody()
    someone = stage.visitor()
    someone.page.goto(debate.public)
    return someone.wait_until_live()


def public_before(stage: Stage) -> Person:
    debate = stage.debate(2 * HOUR)
    debate.show_to_everybody()
    someone = stage.visitor()
    someone.page.goto(debate.public)
    return someone.wait_until_live()


def public_home(stage: Stage) -> Person:
    someone = public_before(stage)
    someone.page.goto(f"{stage.server.url}/")
    return someone


SCENES: dict[str, Callable[[Stage], Person]] = {
    "invitation": invitation,
    "preparing": preparing,
    "ready": ready,
    "last-minute": last_minute,
    "open": opened,
    "trying": trying,
    "open-unprepared": open_unprepared,
    "registered": registered,
    "moved": moved,
    "returned": returned,
    "withdrawn": withdrawn,
    "closed": closed,
    "council-member": council_member,
    "shut-out": shut_out,
    "dropped-letter": dropped_letter,
    "about": about,
    "list": whole_list,
    "speaker": speaker,
    "unsaved": unsaved,
    "replace-letter": replace_letter,
    "withdrawal": withdrawal,
    "errors": errors,
    "rule": rule,
    "receipt": receipt,
    "not-found": not_found,
    "home": home,
    "link-refused": link_refused,
    "signed-in-twice": signed_in_twice,
    "sign-in": sign_in,
    "console": console,
    "empty-console": empty_console,
    "letter": letter,
    "verification-marked": verification_marked,
    "verification-done": verification_done,
    "verification-help": verification_help,
    "verification-waiting": verification_waiting,
    "late-letter": late_letter,
    "late-console": late_console,
    "dossier": dossier,
    "dossier-draft": dossier_of_a_draft,
    "withdrawal-by-staff": withdrawal_by_staff,
    "letter-by-staff": letter_by_staff,
    "speaker-by-staff": speaker_by_staff,
    "struck": struck,
    "order": order,
    "rule-change": rule_change,
    "order-from-file": order_from_file,
    "council": council,
    "swap-asked": swap_asked,
    "swap-question": swap_question,
    "swap-agreed": swap_agreed,
    "later-question": later_question,
    "change": change,
    "changing": changing,
    "swap-to-approve": swap_to_approve,
    "later": later,
    "explained": explained,
    "reinstatement": reinstatement,
    "move": move,
    "fairness": fairness,
    "exports": exports,
    "printed-list": printed_list,
    "running-sheet": running_sheet,
    "without-server": without_server,
    "debates": all_debates,
    "settings": settings,
    "edit-settings": edit_settings,
    "asked-settings": asked_settings,
    "contested-settings": contested_settings,
    "soon-signed-out": soon_signed_out,
    "new-debate": new_debate,
    "steps": steps,
    "steps-refused": steps_refused,
    "members": members,
    "arabic-notice": arabic_notice,
    "deletion": deletion,
    "messages": messages,
    "message-to-one": message_to_one,
    "told": told,
    "told-preparing": told_preparing,
    "postponed": postponed,
    "postponed-preparing": postponed_preparing,
    "resumed": resumed,
    "resumed-preparing": resumed_preparing,
    "cancelled": cancelled,
    "rehearsal": rehearsal,
    "pretending": pretending,
    "rehearsed-settings": rehearsed_settings,
    "privacy": privacy,
    "journal": journal,
    "invitations": all_invitations,
    "invitation-of-one": one_invitation,
    "cards": cards,
    "phones": phones,
    "sharing": sharing,
    "shared": shared,
    "reached": reached,
    "paused": paused,
    "public-list": public_list,
    "public-before": public_before,
    "public-home": public_home,
    "delegations": delegations,
    "delegation": one_delegation,
    "delegation-table": delegation_table,
    "people": people,
    "address": address,
    "person": person,
    "account": account,
    "authenticator": authenticator,
    "one-time-link": one_time_link,
    "on-behalf-choice": on_behalf_choice,
    "on-behalf": on_behalf,
    "entered": entered,
    "entered-console": entered_console,
    "letter-follows": letter_follows,
    "retention": retention,
    "purged": purged,
}
"""What a picture is called, and how its page comes about."""
