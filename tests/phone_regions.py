#!/usr/bin/env python3
"""The rows of lib/core/phone_table.c, from the facts of a numbering metadata file.

usage: phone_regions.py PhoneNumberMetadata.xml

Of each region it takes the calling code, the prefixes dialled before national and
international numbers, and which first two digits a number of which length may have.
What has changed since the file was made is in CHANGED.
"""
import re
import sys
import xml.etree.ElementTree as ElementTree

try:
    from re import _constants as op, _parser as parser
except ImportError:  # Python before 3.11
    import sre_constants as op
    import sre_parse as parser

# Benin put 01 before all its numbers on 30 November 2024.
CHANGED = {"BJ": ("01\\d{8}", "01[4-69]\\d{7}", {10})}
# Where the 0 is never left out on paper, though the file formats numbers without it, too.
ALWAYS = {"VN"}
DIGITS = "0123456789"
LONGEST = 15  # digits of any number, with its calling code
MANY = 30     # spellings of one prefix beyond which it is left out
FEW = 4       # second digits, of which a plan names them: more ranges are opened all the time
TYPES = ("fixedLine mobile pager tollFree premiumRate sharedCost personalNumber voip uan"
         " voicemail").split()


def squeeze(text):
    return re.sub(r"\s", "", text or "")


def digits_of(items):
    """The characters of a class."""
    out = set()
    for kind, value in items:
        if kind is op.LITERAL:
            out.add(chr(value))
        elif kind is op.RANGE:
            out.update(chr(c) for c in range(value[0], value[1] + 1))
        elif kind is op.CATEGORY:
            out.update(DIGITS)
    return out


def strings(tree, keep):
    """(text cut to `keep` characters, length) of all that a parsed pattern matches."""
    found = {("", 0)}
    for kind, value in tree:
        if kind is op.LITERAL:
            more = {(chr(value), 1)}
        elif kind is op.IN:
            more = {(c, 1) for c in digits_of(value)}
        elif kind is op.ANY:
            more = {(c, 1) for c in DIGITS}
        elif kind is op.BRANCH:
            more = set().union(*(strings(branch, keep) for branch in value[1]))
        elif kind is op.SUBPATTERN:
            more = strings(value[-1], keep)
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            low, high, what = value
            once, more, power = strings(what, keep), set(), {("", 0)}
            for i in range(min(high, LONGEST + 2) + 1):
                if i >= low:
                    more |= power
                power = {((a + b)[:keep], m + n) for a, m in power for b, n in once}
        elif kind is op.AT:
            more = {("", 0)}
        else:
            raise ValueError(f"a pattern with {kind}")
        found = {((a + b)[:keep], m + n) for a, m in found for b, n in more}
    return found


def matched(pattern, keep):
    return strings(parser.parse(pattern), keep)


def spellings(pattern):
    """All that a prefix pattern matches, longest first; none where they are too many."""
    try:
        found = {text for text, n in matched(squeeze(pattern), 20) if text}
    except ValueError:
        return []
    return sorted(found, key=lambda s: (-len(s), s)) if len(found) <= MANY else []


def ranges(digits):
    """0245789 as 0245789, 4567 as 4-7."""
    runs, out, i = sorted(digits), "", 0
    while i < len(runs):
        j = i
        while j + 1 < len(runs) and int(runs[j + 1]) == int(runs[j]) + 1:
            j += 1
        out += "".join(runs[i:j + 1]) if j - i < 2 else f"{runs[i]}-{runs[j]}"
        i = j + 1
    return out


def plan(pattern, code, lengths, few):
    """'9:35789 10:2[0-8]…': which first digits, and in [] which second ones, have which length."""
    found = {(p, n) for p, n in matched(squeeze(pattern), 2)
             if p and n + len(code) <= LONGEST and n in lengths}

    groups = {}
    for n in sorted({n for _, n in found}):
        text = ""
        for first in DIGITS:
            second = {p[1:] for p, m in found if m == n and p[0] == first}
            if second:
                text += first + ("[" + ranges(second) + "]" if len(second) <= few else "")
        groups.setdefault(text, []).append(str(n))
    return " ".join(",".join(lengths) + ":" + text for text, lengths in groups.items())


def trunks(region):
    """The prefixes of national numbers, the longest first; and how many digits want which area."""
    national = squeeze(region.get("nationalPrefix"))
    parsing = squeeze(region.get("nationalPrefixForParsing"))
    rule = squeeze(region.get("nationalPrefixTransformRule"))
    area = ""
    local = re.fullmatch(r"(?:[0-9]\|)?\((?:\[[0-9-]+\]|[0-9])\\d\{(\d+)\}\)\$?", parsing)
    if local and re.fullmatch(r"\d+\$1", rule):
        area = f"{int(local[1]) + 1}:{rule[:-2]}"
    if not rule:
        found = spellings(parsing)
    else:  # $2: what stands between prefix and number is a carrier
        found = spellings(re.sub(r"\(\\d\{[0-9,]+\}\)", "", parsing)) if rule == "$2" else []
    if national and national not in found:
        found.append(national)
    return " ".join(sorted(set(found), key=lambda s: (-len(s), s))), area


def pattern_of(region, kind):
    node = region.find(f"{kind}/nationalNumberPattern")
    return squeeze(node.text) if node is not None else ""


def lengths_of(region):
    """National lengths that can be dialled from abroad."""
    out = set()
    for kind in region:
        sizes = kind.find("possibleLengths")
        if sizes is None or kind.tag == "noInternationalDialling":
            continue
        for low, high in re.findall(r"(\d+)(?:-(\d+))?", sizes.get("national", "")):
            out.update(range(int(low), int(high or low) + 1))
    return out


def always_trunk(region, mobile):
    """Whether a mobile is written with its trunk prefix at home: without one it has lost it."""
    default = region.get("nationalPrefixFormattingRule", "")
    if region.get("nationalPrefix") != "0":
        return False
    for form in region.iter("numberFormat"):
        leading = [squeeze(x.text) for x in form.findall("leadingDigits")]
        if re.fullmatch(form.get("pattern"), mobile) and (
            not leading or re.match(leading[-1], mobile)
        ):
            rule = form.get("nationalPrefixFormattingRule", default)
            return "$NP" in rule and form.get("nationalPrefixOptionalWhenFormatting") != "true"
    return "$NP" in default


def rows(path):
    for region in ElementTree.parse(path).iter("territory"):
        iso, code = region.get("id"), region.get("countryCode")
        if not iso.isalpha():
            continue
        mobile = pattern_of(region, "mobile")
        general = "|".join(filter(None, (pattern_of(region, kind) for kind in TYPES)))
        general, mobile, lengths = CHANGED.get(iso, (general, mobile, lengths_of(region)))
        example = region.find("mobile/exampleNumber")
        trunk, area = trunks(region)
        abroad = [s for s in spellings(region.get("internationalPrefix")) if s != "00"]
        always = iso in ALWAYS or always_trunk(region, squeeze(example.text) if example is not None else "")
        yield (iso, code, trunk, " ".join(abroad), area, plan(general, code, lengths, FEW),
               plan(mobile, code, lengths, 9), "true" if always else "false")


def main():
    for row in sorted(rows(sys.argv[1])):
        print("\t{ " + ", ".join(f'"{x}"' for x in row[:-1]) + f", {row[-1]} }},")


main()
