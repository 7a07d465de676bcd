"""Looks at what tests/chart.t has drawn in this folder, and prints what is wrong.

*.svg: well-formed, described, nothing that runs; NAME.words gets its texts in one line and
then the words of each mark.  *.txt: no line wider than 60 columns.  *.json: is one.
"""
import glob
import json
import re
import unicodedata
import xml.etree.ElementTree as tree

SVG = "{http://www.w3.org/2000/svg}"


def picture(name):
    root = tree.parse(name).getroot()
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    if root.tag != SVG + "svg" or root.get("role") != "img" or not root.get("viewBox"):
        yield "no picture"
    if len(ids) != len(set(ids)) or not set(root.get("aria-labelledby").split()) <= set(ids):
        yield "its names are not clear"
    for e in root.iter():
        if e.tag == SVG + "script" or any(a.startswith("on") or "href" in a for a in e.attrib):
            yield f"{e.tag} {e.attrib}"
        if any(re.search(r"\b(nan|inf)\b|e\+", a) for k, a in e.attrib.items() if k != "class"):
            yield f"no number: {e.attrib}"
    with open(name[:-4] + ".words", "w") as out:
        print(" | ".join("".join(t.itertext()) for t in root.iter(SVG + "text")), file=out)
        for mark in root.iter(SVG + "g"):
            print(mark.find(SVG + "title").text, file=out)


def columns(c):
    return 0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1


def terminal(name):
    for line in open(name).read().splitlines():
        if sum(map(columns, line)) > 60:
            yield f"too wide: {line}"
        if line != line.rstrip() or any(unicodedata.category(c) == "Cc" for c in line):
            yield f"blanks at the end, or a control: {line!r}"


def lengths(name, start):
    """Bars in eighths of a column, of the lines that have one."""
    for line in open(name).read().splitlines()[start:]:
        bar = re.search("[█▏▎▍▌▋▊▉]+", line)
        if bar:
            yield sum(8 if c == "█" else 8 - "▉▊▋▌▍▎▏".index(c) - 1 for c in bar[0])


def in_proportion(name, start, values, within):
    got = list(lengths(name, start))
    wanted = [v / max(values) * max(got) for v in values]
    if len(got) != len(wanted) or any(abs(g - w) > within for g, w in zip(got, wanted)):
        yield f"bars of {got} eighths, not {wanted}"


def different():
    """Each series of the twenty looks like no other: once in the legend, once as a bar."""
    looks = [
        tuple(r.get("fill") or r.get("class") for r in g.iter(SVG + "rect"))
        for g in tree.parse("series.svg").getroot().iter(SVG + "g")
    ]
    if len(set(looks)) != 20 or any(looks.count(look) != 2 for look in looks):
        yield f"look alike: {looks}"


checks = [(name, picture(name)) for name in sorted(glob.glob("*.svg"))]
checks += [(name, terminal(name)) for name in sorted(glob.glob("*.txt"))]
checks += [
    ("bar.txt", in_proportion("bar.txt", 3, [12, 8, 18, 9, 11, 21, 15], 1)),
    ("funnel.txt", in_proportion("funnel.txt", 2, [1200, 860, 410, 140, 38], 8)),
    ("pareto.txt", in_proportion("pareto.txt", 3, [500.10, 300.20, 150, 50], 1)),
    ("series.svg", different()),
]
for name, wrong in checks:
    for line in wrong:
        print(f"{name}: {line}")
for name in sorted(glob.glob("*.json")):
    spec = json.load(open(name))
    if spec["$schema"][-7:] != "v5.json" or not ("layer" in spec and "data" in spec):
        print(f"{name}: no specification")
    categories = list(dict.fromkeys(row["category"] for row in spec["data"]["values"]))
    orders = [axis["sort"] for axis in spec["encoding"].values() if axis["field"] == "category"]
    if orders != [categories]:
        print(f"{name}: categories {orders}, not {categories}")
