"""What is asked of every page that somebody opens: axe, width, names, and the way of the Tab key through it."""

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.test_pages import RULES

# No rule of ours reads the style sheets themselves; to fetch them at each page takes longer than all else.
ALL = RULES | {"preload": False}
# What a rule finds may depend on the colours, or on how wide the page is: these alone are asked again.
ONCE_MORE = {"resultTypes": ["violations"], "preload": False}
OF_COLOUR = ["color-contrast", "link-in-text-block"]
OF_WIDTH = [
    *OF_COLOUR, "target-size", "scrollable-region-focusable", "landmark-one-main", "landmark-unique", "region",
    "aria-hidden-focus", "list", "listitem", "empty-table-header", "label",
]  # fmt: skip

AXE = """async (rules) => (await axe.run(rules)).violations
  .flatMap((each) => each.nodes.map((node) => [each.id, node.html.slice(0, 160)]))"""

# What somebody can work with: seen, not switched off, of radio buttons one a group.
REACHABLE = """
  window.reachable = (root) => [...root.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((each) => each.tabIndex >= 0 && !each.disabled && each.type !== "hidden" && each.checkVisibility({ visibilityProperty: true })
      && !each.closest("[inert]"));
  window.nameOf = (each) => each.type === "radio" ? `radio ${each.name}` : `${each.outerHTML.slice(0, 120)}`;
"""

# Noted at each stop of the Tab key: where it is, whether a ring is seen, whether something lies over it. The page may
# scroll after the focus has come: whether it is seen is asked once more before the next press.
WATCH_STOPS = """
  window.stops = [];
  window.noted = (target) => {
    const ringed = [target, target.nextElementSibling, target.previousElementSibling, target.parentElement]
      .find((each) => each && getComputedStyle(each).outlineStyle !== "none" && parseFloat(getComputedStyle(each).outlineWidth) >= 3);
    const shown = ringed ?? target;
    const box = shown.getClientRects()[0] ?? shown.getBoundingClientRect();
    const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return {
      target, isRinged: Boolean(ringed),
      isSeen: Boolean(over) && (shown.contains(over) || over.contains(shown) || target.contains(over)),
      top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right,
    };
  };
  window.noteAgain = () => {
    const last = stops.length - 1;
    if (last >= 0 && stops[last].target === document.activeElement) stops[last] = noted(stops[last].target);
  };
  addEventListener("focusin", ({ target }) => stops.push(noted(target)));
  addEventListener("keydown", noteAgain, true);
"""

# Before the first press: the point from which the Tab key goes on, and how many stops there are to come.
BEGIN = """() => {
  const main = document.getElementById("noi-dung");
  main.setAttribute("tabindex", "-1");
  main.focus();
  main.removeAttribute("tabindex");
  window.stops = [];
  return reachable(main).length;
}"""

JUDGED = """() => {
  noteAgain();
  const main = document.getElementById("noi-dung"), faults = [];
  const inside = stops.filter((each) => main.contains(each.target));
  const reached = new Set(inside.map((each) => nameOf(each.target)));
  for (const each of reachable(main)) if (!reached.has(nameOf(each))) faults.push(["never reached", nameOf(each)]);
  for (const each of inside) {
    if (each.target instanceof SVGElement) continue; // a square of the map: tests/browser/test_pages.py looks at its ring
    if (!each.isRinged) faults.push(["no ring", nameOf(each.target)]);
    if (!each.isSeen) faults.push(["hidden", nameOf(each.target)]);
  }
  for (let at = 1; at < inside.length; at++) {
    const [before, after] = [inside[at - 1], inside[at]];
    const isBack = before.target.compareDocumentPosition(after.target) & Node.DOCUMENT_POSITION_PRECEDING;
    const isUp = after.bottom <= before.top && after.left < before.right - 4;
    if (isBack || isUp) faults.push(["jumps back", nameOf(before.target), nameOf(after.target)]);
  }
  if (inside.length === stops.length && inside.length > reachable(main).length) faults.push(["trap", document.title]);
  return faults;
}"""


def prepare(context):
    """Every page of this browser carries axe and notes its stops. Not by the pages' own rules: they would forbid it."""
    context.add_init_script(AXE_SCRIPT)
    context.add_init_script(REACHABLE + WATCH_STOPS)


def barriers(page, *, rules=()):
    """What axe finds: by all rules, or by those named."""
    asked = ONCE_MORE | {"runOnly": {"type": "rule", "values": rules}} if rules else ALL
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(AXE, asked)


def look(page, found, *, at):
    """All rules of axe on a light phone; those that may find something else, on a dark one and on a desk."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="light")
    found.barriers += [(at, 390, "light", *each) for each in barriers(page)]
    page.emulate_media(color_scheme="dark")
    found.barriers += [(at, 390, "dark", *each) for each in barriers(page, rules=OF_COLOUR)]
    wide(page, found, at=at)
    page.emulate_media(color_scheme="light")
    if page.locator("main.roomy").count():  # else it is the phone's column
        found.barriers += [(at, 1280, "light", *each) for each in barriers(page, rules=OF_WIDTH)]
    named(page, found, at=at)


def look_once(page, found, *, at):
    """The page after a form: as it stands, on a phone."""
    found.barriers += [(at, *each) for each in barriers(page)]
    named(page, found, at=at)


def wide(page, found, *, at):
    for width in (390, 320, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        is_wide = page.evaluate("document.documentElement.scrollWidth")
        if is_wide > width:
            found.wide.append((at, width, is_wide))


def weigh(page, found, *, at):
    """What came over the wire for it, packed; what was there from pages before is counted as if it came now."""
    page.wait_for_load_state("load")
    alone, beside = page.evaluate(WEIGHT)
    if not 0 < alone <= 12 * KB or not beside or alone + beside > 90 * KB:
        found.heavy.append((at, alone, beside))


def named(page, found, *, at):
    title, heads = page.evaluate("[document.title, document.querySelectorAll('h1').length]")
    if heads != 1 or not title.strip(" –"):
        found.unnamed.append((at, title, heads))


def walk(page, found, *, at):
    """By the Tab key through all of the content."""
    page.set_viewport_size({"width": 1280, "height": 844})
    for _ in range(page.evaluate(BEGIN) + 2):
        page.keyboard.press("Tab")
    found.keyboard += [(at, *fault) for fault in page.evaluate(JUDGED)]


KB = 1024
WEIGHT = """() => {
  const added = (kind) => performance.getEntriesByType(kind).reduce((sum, each) => sum + each.encodedBodySize, 0);
  return [added("navigation"), added("resource")];
}"""

# Every form of a page that sends something: where to, with which boxes, with a token or not.
FORMS = """() => [...document.querySelectorAll("main form[method=post]")].map((form, at) => ({
  at, action: form.getAttribute("action") || location.pathname,
  boxes: [...new Set([...form.elements].map((each) => each.name).filter((name) => name))].join(" "),
  hasToken: Boolean(form.elements.csrfmiddlewaretoken),
}))"""

# What somebody leaves who fills in nothing; the browser is asked not to mind.
EMPTY = """(at) => {
  const form = [...document.querySelectorAll("main form[method=post]")][at];
  form.noValidate = true;
  for (let each = form.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
  for (const each of form.elements) {
    if (each.type === "checkbox" || each.type === "radio") each.checked = false;
    else if (each.tagName === "SELECT") each.selectedIndex = 0;
    else if (each.type !== "hidden" && "value" in each && each.tagName !== "BUTTON") each.value = "";
  }
}"""
