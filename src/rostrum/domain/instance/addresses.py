"""Outside addresses: the form in which they are kept, and what follows from one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address

from rostrum.domain.errors import RuleBroken
from rostrum.domain.sentences import S_
from rostrum.domain.texts import whole_number

FIELD = "base_url"
"""The field that a refusal names."""
DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_HOST, MAX_PORT = 253, 65_535
_BEGINNING = re.compile(r"(https?)://", re.IGNORECASE)
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::(.*))?")
_ORIGIN = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")


class Source(StrEnum):
    """Where the outside address comes from; the first source that has one wins."""

    ENVIRONMENT = "environment"
    KEPT = "kept"
    LISTENING = "listening"


@dataclass(frozen=True)
class Address:
    """The beginning of every link: scheme, host and, unless it is the default, port.

    Written as browsers write an origin, so that the two can be compared.
    """

    url: str
    source: Source

    @property
    def is_secure(self) -> bool:
        """Whether people come over HTTPS (then cookies are Secure and HSTS is sent)."""
        return self.url.startswith("https://")

    @property
    def is_local(self) -> bool:
        """Whether only the computer on which Rostrum runs can open such links."""
        host = self.url.partition("://")[2]
        host = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
        if host == "localhost" or host.endswith(".localhost"):
            return True
        found = _ip(host)
        mapped = getattr(found, "ipv4_mapped", None) or found
        return mapped is not None and (mapped.is_loopback or mapped.is_unspecified)


def read_address(text: str) -> str:
    """The address as it is kept: lower case, without the default port, with no slash at the end.

    Raises RuleBroken for anything but scheme, host and port.
    """
    text = text.strip()
    beginning = _BEGINNING.match(text)
    if beginning is None:
        raise RuleBroken(FIELD, S_("Begin the address with https:// or http://."))
    scheme, rest = beginning[1].lower(), text[beginning.end() :].rstrip("/")
    if "@" in rest:
        raise RuleBroken(FIELD, S_("Take the user name out of the address."))
    if re.search(r"[/?#\\]", rest):
        raise RuleBroken(
            FIELD,
            S_("End the address after host and port: Rostrum needs a host or a port for itself."),
        )
    parts = _AUTHORITY.fullmatch(rest)
    if parts is None:
        raise _no_host(rest)
    host, port = _host(parts[1]), _port(parts[2])
    usual = port is None or port == DEFAULT_PORTS[scheme]
    return f"{scheme}://{host}" if usual else f"{scheme}://{host}:{port}"


def origin_of(url: str) -> str | None:
    """Scheme, host and port at the beginning of an address; None if it has none."""
    found = _ORIGIN.match(url)
    try:
        return read_address(found[0]) if found else None
    except RuleBroken:
        return None


def _port(text: str | None) -> int | None:
    if text is None:
        return None
    port = whole_number(text)
    if not port or port > MAX_PORT:
        raise RuleBroken(FIELD, S_("Give the port as a number from 1 to 65535, or leave it out."))
    return port


def _host(text: str) -> str:
    """A name in ASCII, or an IP address (version 6 in its brackets)."""
    if text.startswith("["):
        found = _ip(text[1:-1])
        if not isinstance(found, IPv6Address) or found.scope_id:
            raise _no_host(text)
        return f"[{found}]"
    try:
        name = text.encode("idna").decode().lower()
    except UnicodeError:
        raise _no_host(text) from None
    labels = name.split(".")
    is_name = len(name) <= MAX_HOST and all(_LABEL.fullmatch(label) for label in labels)
    # Browsers read a host that ends in a number as an IP address, so it must be a whole one.
    is_number = re.fullmatch(r"[0-9]+|0x[0-9a-f]*", labels[-1]) is not None
    if not is_name or (is_number and not isinstance(_ip(name), IPv4Address)):
        raise _no_host(text)
    return name


def _ip(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _no_host(text: str) -> RuleBroken:
    if not text:
        return RuleBroken(FIELD, S_("Give the host too, as in https://list.mission.example."))
    return RuleBroken(FIELD, S_("There can be no host called %(host)s."), host=text)
