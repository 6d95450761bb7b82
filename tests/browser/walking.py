"""What is asked of every page that somebody opens: axe, width, names, and the way of the Tab key through it."""

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.test_pages import RULES

# What a rule finds may depend on the colours: these alone are asked again in the other scheme.
OF_COLOUR = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}  # fmt: skip

AXE = """async ([rules, what]) => (await axe.run(what, rules)).violations
  .flatMap((each) => each.nodes.map((node) => [each.id, node.html.slice(0, 160)]))"""

# What somebody can work with: seen, not switched off, of radio buttons one a group.
REACHABLE = """
  window.reachable = (root) => [...root.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((each) => each.tabIndex >= 0 && !each.disabled && each.type !== "hidden" && each.checkVisibility({ visibilityProperty: true })
      && !each.closest("[inert]"));
  window.nameOf = (each) => each.type === "radio" ? `radio ${each.name}` : `${each.outerHTML.slice(0, 120)}`;
"""

# Noted at each stop of the Tab key: where it is, whether a ring is seen, whether something lies over it.
WATCH_STOPS = """
  window.stops = [];
  addEventListener("focusin", ({ target }) => {
    const ringed = [target, target.nextElementSibling, target.previousElementSibling, target.parentElement]
      .find((each) => each && getComputedStyle(each).outlineStyle !== "none" && parseFloat(getComputedStyle(each).outlineWidth) >= 3);
    const box = (ringed ?? target).getClientRects()[0] ?? target.getBoundingClientRect();
    const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const shown = ringed ?? target;
    window.stops.push({
      target, isRinged: Boolean(ringed),
      isSeen: Boolean(over) && (shown.contains(over) || over.contains(shown) || target.contains(over)),
      top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right,
    });
  });
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
  const main = document.getElementById("noi-dung"), faults = [];
  const inside = stops.filter((each) => main.contains(each.target));
  const reached = new Set(inside.map((each) => nameOf(each.target)));
  for (const each of reachable(main)) if (!reached.has(nameOf(each))) faults.push(["never reached", nameOf(each)]);
  for (const each of inside) {
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


def barriers(page, *, rules=RULES, what="html"):
    return page.evaluate(AXE, [rules, what])


def look(page, found, *, at):
    """Both widths, both schemes: all rules once a width, and those of colour in the other scheme."""
    for width, first, other in ((390, "light", "dark"), (1280, "dark", "light")):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=first)
        found.barriers += [(at, width, first, *each) for each in barriers(page)]
        page.emulate_media(color_scheme=other)
        found.barriers += [
            (at, width, other, *each) for each in barriers(page, rules=OF_COLOUR, what="main")
        ]
    wide(page, found, at=at)
    named(page, found, at=at)


def look_once(page, found, *, at):
    """The page after a form: as it stands, on a phone."""
    found.barriers += [(at, *each) for each in barriers(page)]
    named(page, found, at=at)


def wide(page, found, *, at):
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        is_wide = page.evaluate("document.documentElement.scrollWidth")
        if is_wide > width:
            found.wide.append((at, width, is_wide))


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
  for (const each of form.elements) {
    if (each.type === "checkbox" || each.type === "radio") each.checked = false;
    else if (each.tagName === "SELECT") each.selectedIndex = 0;
    else if (each.type !== "hidden" && "value" in each && each.tagName !== "BUTTON") each.value = "";
  }
}"""
