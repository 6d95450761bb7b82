"""Every number of a page that opens is opened: the page behind it is there and says the same number.

A number that opens is a link of the class `fig`. The page behind it says its own total in an element with `data-total`, as a
plain number; where it does not, the number must at least stand somewhere in its text. "3/5" opens a list of five. A link
within the page must lead to something of the page.
"""

import re
from typing import NamedTuple
from urllib.parse import urljoin

from lxml import html

from lantoa.lib import numbers


class Opening(NamedTuple):
    """A number as it is printed, and where it opens."""

    text: str
    href: str


def openings(page):
    """The numbers of a page's main part that open, in their order."""
    return [
        Opening(_said(each), each.get("href"))
        for each in _main(page).find_class("fig")
        if each.tag == "a"
    ]


def walk(client, address):
    """What is wrong with the numbers of a page: (number, where it opens, what was found there). And how many were opened."""
    page = html.fromstring(_served(client.get(address)))
    faults, opened, seen = [], 0, {}
    for text, href in openings(page):
        opened += 1
        if href.startswith("#"):
            faults += (
                []
                if page.xpath("//*[@id=$id]", id=href[1:])
                else [(text, href, "nothing of that name")]
            )
            continue
        there = urljoin(address, href).split("#")[0]
        if there not in seen:
            seen[there] = _behind(client, there)
        fault = _compared(text, seen[there])
        faults += [(text, there, fault)] if fault else []
    return faults, opened


def _behind(client, address):
    """Status, the totals that a page says, and its words."""
    answer = client.get(address)
    if answer.status_code != 200:
        return answer.status_code, set(), ""
    main = _main(html.fromstring(_served(answer)))
    totals = {int(each.get("data-total")) for each in main.xpath(".//*[@data-total]")}
    return 200, totals, main.text_content()


def _compared(text, behind):
    status, totals, words = behind
    if status != 200:
        return f"answered {status}"
    said = text.rsplit("/", 1)[-1]
    if totals and _is_whole(said):
        return "" if numbers.read(said) in totals else f"says {sorted(totals)}"
    return "" if re.search(rf"(?<![\d.,]){re.escape(said)}(?![\d]|[.,]\d)", words) else "not said"


def _is_whole(text):
    return bool(re.fullmatch(r"\d{1,3}(\.\d{3})*", text))


def _main(page):
    [main] = page.iter("main")
    return main


def _said(link):
    """The words of a link without those that are only read aloud."""
    hidden = "".join(each.text_content() for each in link.find_class("hide"))
    return link.text_content().removesuffix(hidden).strip()


def _served(answer):
    content = b"".join(answer) if answer.streaming else answer.content
    return content.decode()
