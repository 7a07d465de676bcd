"""Whether a page is what one may send on: view_page.py <PAGE prints what is wrong with it."""
import html.parser
import sys
import unicodedata

VOID = {"meta", "br", "hr", "img", "link", "input"}
ALLOWED = set(
    "html head meta style title body article header h1 p bdi section h2 small dl div dt dd"
    " table thead tbody tr th td aside".split()
)


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.wrong = []

    def handle_starttag(self, tag, attrs):
        if tag not in ALLOWED:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("src", "href") or "script" in (value or ""):
                self.wrong.append(f"{tag} {name}={value}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing, or something else")

    def handle_data(self, data):
        for c in data:
            if (unicodedata.category(c) == "Cc" and c not in "\n\t") or 0x202A <= ord(c) <= 0x202E:
                self.wrong.append(f"U+{ord(c):04X}")


page = Page()
text = sys.stdin.buffer.read().decode("utf-8")
page.feed(text)
page.close()
if page.open:
    page.wrong.append(f"open: {page.open}")
if not text.startswith("<!DOCTYPE html>\n<html lang="):
    page.wrong.append("no doctype, no language")
print("\n".join(page.wrong), end="")
