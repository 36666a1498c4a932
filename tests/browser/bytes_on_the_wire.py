"""What a page of a browser costs on the wire, headers and all."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page


class BytesOnTheWire:
    """Counts the bytes of every answer that a page is sent, by its address."""

    def __init__(self, page: Page, latency: int) -> None:
        """`latency` is what a round trip takes, in milliseconds."""
        self._addresses: dict[str, str] = {}
        self._sizes: dict[str, int] = {}
        devtools = page.context.new_cdp_session(page)
        devtools.on("Network.requestWillBeSent", self._asked)
        devtools.on("Network.responseReceived", self._answered)
        devtools.on("Network.dataReceived", self._got)
        devtools.on("Network.loadingFinished", self._finished)
        devtools.on("Network.requestServedFromCache", self._had)
        devtools.send("Network.enable")
        line = {"latency": latency, "downloadThroughput": -1, "uploadThroughput": -1}
        devtools.send("Network.emulateNetworkConditions", {"offline": False} | line)

    @property
    def total(self) -> int:
        return sum(self._sizes.values())

    @property
    def by_address(self) -> list[tuple[str, int]]:
        """Every answer with its size, for whoever wonders at the total."""
        return [(self._addresses[request], size) for request, size in self._sizes.items()]

    @property
    def hosts(self) -> set[str]:
        """Whom the page asked since the beginning."""
        return {urlsplit(address).netloc for address in self._addresses.values()}

    def empty(self) -> None:
        """What was counted so far counts no more; a stream goes on from here."""
        self._sizes.clear()

    def _asked(self, event: dict) -> None:
        request = event["requestId"]
        if "redirectResponse" in event:
            redirected = f"{request} {len(self._addresses)}"
            self._addresses[redirected] = self._addresses[request]
            self._sizes[redirected] = int(event["redirectResponse"]["encodedDataLength"])
        self._addresses[request] = event["request"]["url"]

    def _answered(self, event: dict) -> None:
        response = event["response"]
        if not response.get("fromDiskCache"):
            self._sizes.setdefault(event["requestId"], int(response["encodedDataLength"]))

    def _got(self, event: dict) -> None:
        """A stream never finishes: its pieces are counted as they come."""
        request = event["requestId"]
        self._sizes[request] = self._sizes.get(request, 0) + event["encodedDataLength"]

    def _finished(self, event: dict) -> None:
        if event["requestId"] in self._sizes:
            self._sizes[event["requestId"]] = int(event["encodedDataLength"])

    def _had(self, event: dict) -> None:
        self._sizes[event["requestId"]] = 0
