"""Prints what the cards of one file say that those of another do not: WANTED GOT.

Cards are paired by their FN.  Compared are the values, and the words of TYPE that say
whose a number is (TYPE=other does not); homefax is home and fax, as the standard has it.  An
address may have a part, such as a post office box, that the wanted one has not; the same said in another way is the same (X-DEPARTMENT and the second
part of ORG, X-SPOUSE and RELATED, 3.0's escapes and 4.0's).
"""
import re
import sys

NOISE = {"internet", "pref", "voice", "msg", "postal", "parcel", "intl", "dom", "text", "video",
         "other"}
WORDS = {"mobile": ["cell"], "homefax": ["home", "fax"], "workfax": ["work", "fax"]}
PASSED = {"BEGIN", "END", "VERSION", "PRODID", "REV", "PHOTO", "KEY", "X-ABLABEL", "X-MS-OL-DESIGN",
          "X-MS-OL-DEFAULT-POSTAL-ADDRESS"}
SAME = {"X-MS-SPOUSE": "X-SPOUSE", "X-MS-ASSISTANT": "X-ASSISTANT", "X-MS-MANAGER": "X-MANAGER",
        "X-ANNIVERSARY": "ANNIVERSARY", "X-MS-ANNIVERSARY": "ANNIVERSARY"}


def parts(value, mark):
    return [re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], p).strip()
            for p in re.split(r"(?<!\\)" + mark, value)]


def says(line, labels):
    """(name, types, value) of a line, as many as it says."""
    head, value = re.match(r'((?:[^":]|"[^"]*")*):(.*)', line, re.S).groups()
    name, *params = head.split(";")
    name = name.split(".")[-1].upper()
    name = SAME.get(name, name)
    label = labels.get(head.split(".")[0], "")
    if name == "X-ABDATE" and label == "anniversary":
        name = "ANNIVERSARY"
    if name == "X-ABRELATEDNAMES" and label:
        name = "X-" + label.upper()
    types = set()
    for p in params:
        key, _, words = p.rpartition("=")
        if key.upper() in ("", "TYPE"):
            types |= {w.strip('" ').lower() for w in words.split(",")}
    types = {w for t in types for w in WORDS.get(t, [t])} - NOISE
    if name in PASSED:
        return []
    if name == "RELATED":
        return [("X-" + "".join(types).upper(), "", v) for v in [parts(value, "\0")[0]]]
    if name in ("N", "ADR"):
        p = parts(value, ";")
        while p and not p[-1]:
            p.pop()
        return [(name, "", tuple(p))] if p else []
    if name == "ORG":
        p = parts(value, ";") + [""]
        return [("ORG", "", p[0])] + [("X-DEPARTMENT", "", u) for u in p[1:] if u]
    if name == "CATEGORIES":
        return [(name, "", v) for v in parts(value, ",")]
    value = parts(value, "\0")[0]
    if name in ("BDAY", "ANNIVERSARY"):
        value = value.replace("-", "")
    if name == "TEL":
        value = re.sub(r"^tel:", "", value).replace(";ext=", " ext. ")
    if name == "EMAIL":
        value = value.lower()
    if name in ("GENDER", "X-GENDER"):
        name, value = "GENDER", value[:1].upper()
    return [(name, " ".join(sorted(types)), value)] if value else []


def cards(path):
    text = open(path, encoding="utf-8-sig", newline="").read().replace("\r\n", "\n")
    out, card, labels, later = {}, None, {}, []
    for line in re.sub(r"\n[ \t]", "", text).split("\n"):
        if line.upper().startswith("BEGIN:VCARD"):
            card, labels, later = set(), {}, []
        elif line.upper().startswith("END:VCARD"):
            for each in later:
                card |= set(says(each, labels))
            out[next((v for n, _, v in card if n == "FN"), "")] = card
        elif line:
            found = re.match(r"(\w+)\.X-ABLabel:(?:_\$!<)?([^>]*)", line)
            later.append(line)
            if found:
                labels[found[1]] = found[2].lower()
    return out


def is_said(item, got):
    name, _, value = item
    return item in got or (name == "ADR" and any(
        n == name and len(v) >= len(value) and all(w in ("", p) for w, p in zip(value, v))
        for n, _, v in got))


wanted, got = cards(sys.argv[1]), cards(sys.argv[2])
for name, card in wanted.items():
    for item in sorted(map(str, (i for i in card if not is_said(i, got.get(name, set()))))):
        print(f"{name}: {item}")
