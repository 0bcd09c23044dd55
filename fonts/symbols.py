#!/usr/bin/env python3
"""Makes VanthuSymbols-*.ttf: the signs of forms that Liberation Serif has not.

    python3 -m pip install fonttools==4.55.3
    python3 fonts/symbols.py /usr/share/fonts/truetype/dejavu fonts

The first folder holds DejaVu Sans and DejaVu Serif 2.37 (Debian's fonts-dejavu-core 2.37-6), the
second the four styles of Liberation Serif; it takes what is made. The same fonts
give the same bytes. The licence of DejaVu asks for another name where a font was changed.
"""

import hashlib
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

STYLES = {
    "Regular": ("DejaVuSans.ttf", "DejaVuSerif.ttf"),
    "Bold": ("DejaVuSans-Bold.ttf", "DejaVuSerif-Bold.ttf"),
}
SHA256 = {
    "DejaVuSans.ttf": "abdc775b21b1bc470d50c97e790d276f2054b7504e56e5bd3e64f48d68582322",
    "DejaVuSans-Bold.ttf": "0d977336a6d5fba34eab8e3199eb218327161b5143749f802982c2bc34df0c96",
    "DejaVuSerif.ttf": "13e61509f5c81d7c3132810f4f903e3523df89c802bf6e0674621e8f659cdfe1",
    "DejaVuSerif-Bold.ttf": "e2fd85eba2de65ac270d1cdb1685e252eb827f600850cf62af2d20c41b22e945",
}
FAMILY = "Vanthu Symbols"

# Letters and figures, with feet as the text beside them.
SERIF = [(0x2070, 0x209F), (0x2100, 0x218F)]
SANS = [
    (0x2190, 0x2199),  # arrows
    (0x21D0, 0x21D5),
    (0x2460, 0x2473),  # ①–⑳
    (0x24B6, 0x24E9),  # Ⓐ–ⓩ
    (0x25A0, 0x25FF),  # boxes, circles, triangles
    (0x2605, 0x2606),  # ★ ☆
    (0x260E, 0x2612),  # ☎, boxes to tick
    (0x261A, 0x261F),  # pointing hands
    (0x2639, 0x263B),
    (0x26A0, 0x26A1),
    (0x2701, 0x2727),  # ✂ ✉ ✓ ✔ ✗ ✘ ✚
    (0x2736, 0x2736),
    (0x2751, 0x2756),
    (0x2776, 0x2793),  # ❶ ➀ ➊
    (0x2794, 0x27A4),  # ➔ ➢
]
SINGLE = "∀∃∅∇∈∉∋∏∓∘∝∟∠∥∧∨∪∫∮∴∵∼≃≅≡≢≦≧≪≫⊂⊃⊄⊆⊇⊕⊗⊥⋅⋮⋯↳↵⇄⇆"

# What DejaVu has not is put together from what it has.
UNITS = {
    "㎝": "cm", "㎜": "mm", "㎞": "km", "㎏": "kg", "㎎": "mg", "㏄": "cc", "㎡": "m²", "㎥": "m³",
}
# The same drawing under a further number.
COPIES = {"✅": "☑", "❌": "✘", "⬜": "□", "⬛": "■", "➕": "✚"}
# How much of its circle a figure takes, across and up.
ACROSS, UP = 0.62, 0.5


def drawn(path):
    return set(TTFont(path).getBestCmap())


def record(font, char):
    glyphs = font.getGlyphSet()
    name = font.getBestCmap()[ord(char)]
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return pen, glyphs[name].width


def bounds(font, char):
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord(char)]].draw(pen)
    return pen.bounds


class Put:
    """A glyph that is put together."""

    def __init__(self, font):
        self.font = font
        self.pen = TTGlyphPen(None)

    def draw(self, char, x, y, across, up):
        pen, width = record(self.font, char)
        pen.replay(TransformPen(self.pen, (across, 0, 0, up, x, y)))
        return width * across


def unit(font, text):
    """Letters side by side, as they stand in running text."""
    put, at = Put(font), 0
    for char in text:
        at += put.draw(char, at, 0, 1, 1)
    return put.pen.glyph(), round(at)


def framed(font, frame, number):
    """A figure in the middle of a frame, as wide as ①."""
    put = Put(font)
    left, low, right, high = bounds(font, "①")
    own = bounds(font, frame)
    across, up = (right - left) / (own[2] - own[0]), (high - low) / (own[3] - own[1])
    put.draw(frame, left - own[0] * across, low - own[1] * up, across, up)
    width = sum(record(font, char)[1] for char in number)
    scale = (right - left) * ACROSS / width
    tall = bounds(font, "0")
    figure = (high - low) * UP / tall[3]
    at = (left + right) / 2 - width * scale / 2
    for char in number:
        at += put.draw(char, at, (low + high) / 2 - tall[3] * figure / 2, scale, figure)
    return put.pen.glyph(), round(record(font, "①")[1])


def put_together(sans, serif, there):
    """Every character that the sans font has not, or has in letters of another kind."""
    letters = [chr(code) for first, last in SERIF for code in range(first, last + 1)]
    known = serif.getBestCmap()
    made = {c: unit(serif, c) for c in letters if ord(c) in known and ord(c) not in there}
    made |= {char: unit(serif, text) for char, text in UNITS.items()}
    for number in range(1, 21):
        made[chr(0x2474 + number - 1)] = unit(serif, f"({number})")
    for number in range(11, 21):
        made[chr(0x2460 + number - 1)] = framed(sans, "◯", str(number))
    for char, like in COPIES.items():
        made[char] = unit(sans, like)
    return {char: made[char] for char in sorted(made)}


def add(font, made):
    order = list(font.getGlyphOrder())
    for char, (glyph, width) in made.items():
        name = f"uni{ord(char):04X}.made"
        order.append(name)
        font["glyf"].glyphs[name] = glyph
        font["hmtx"].metrics[name] = (width, 0)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(char)] = name
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order
    font["maxp"].numGlyphs = len(order)
    for char in made:
        glyph = font["glyf"][f"uni{ord(char):04X}.made"]
        glyph.recalcBounds(font["glyf"])
        name = f"uni{ord(char):04X}.made"
        font["hmtx"].metrics[name] = (font["hmtx"].metrics[name][0], getattr(glyph, "xMin", 0))


def rename(font, style):
    names = font["name"]
    rights = [record for record in names.names if record.nameID in (0, 13, 14)]
    names.names = rights
    for number, text in {
        1: FAMILY,
        2: style,
        3: f"{FAMILY} {style}",
        4: f"{FAMILY} {style}",
        5: "Version 1.0, made from DejaVu 2.37",
        6: f"VanthuSymbols-{style}",
    }.items():
        names.setName(text, number, 3, 1, 0x409)


def opened(folder, name):
    path = folder / name
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SHA256[name]:
        sys.exit(f"{path} is another font than this recipe was written for: {found}")
    return TTFont(path, recalcTimestamp=False)


def make(style, dejavu, out):
    there = set.intersection(*[drawn(path) for path in sorted(out.glob("LiberationSerif-*.ttf"))])
    font, serif = [opened(dejavu, name) for name in STYLES[style]]
    made = put_together(font, serif, there)
    add(font, made)
    blocks = {code for first, last in SANS for code in range(first, last + 1)}
    wanted = sorted((blocks | {ord(char) for char in [*SINGLE, *made]}) - there)
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "FFTM", "kern", "prep", "fpgm", "cvt ", "gasp"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    rename(font, style)
    font["head"].modified = font["head"].created
    path = out / f"VanthuSymbols-{style}.ttf"
    font.save(path, reorderTables=True)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    print(f"{digest}  {path.name}  {path.stat().st_size} bytes, {len(font.getBestCmap())} characters")


def main():
    for style in STYLES:
        make(style, Path(sys.argv[1]), Path(sys.argv[2]))


main()
