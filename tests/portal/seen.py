"""What a reader sees of an answer: its words, its links, its tables."""

import csv
import html
import io
import re


def text(response):
    """What a reader reads: no tags, single spaces."""
    body = re.sub(
        r"<(script|style|title)[^>]*>.*?</\1>", " ", response.content.decode(), flags=re.DOTALL
    )
    body = re.sub(r'<span class="hide">[^<]*</span>', "", body)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def rows(response):
    """The rows of a CSV file, by the names in its first line."""
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


def figures(response):
    """The figures of a page that open: (what is printed, where it opens)."""
    found = re.findall(
        r'<a class="fig[^"]*" href="([^"]+)"[^>]*>([^<]+)<', response.content.decode()
    )
    return [(words.strip(), html.unescape(href)) for href, words in found]


def total(response):
    """What the foot of a door says its records add up to; None where the proof is not there."""
    found = re.search(r"[Tt]ổng các dòng \(([\d.]+) dòng\) = ([\d.]+)", text(response))
    return found and int(found[2].replace(".", ""))
