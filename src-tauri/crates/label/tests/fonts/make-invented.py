"""Makes invented.ttf: a font of boxes, for the tests of fonts that a machine lends.

Run with fonttools 4.68.0. Nothing in it is anybody's drawing.
"""

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

EM = 1000


def box(*corners):
    pen = TTGlyphPen(None)
    for left, bottom, right, top in corners:
        pen.moveTo((left, bottom))
        for corner in ((left, top), (right, top), (right, bottom)):
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


GLYPHS = {
    ".notdef": (None, box((0, 0, 900, 900))),
    "A": (0x41, box((100, 0, 200, 700))),
    # Hebrew, from right to left: a narrow and a wide one.
    "alef": (0x5D0, box((100, 0, 200, 700))),
    "bet": (0x5D1, box((100, 0, 700, 200))),
    # Devanagari: a letter, and a vowel that stands before the letter it follows.
    "ka": (0x915, box((100, 0, 700, 700))),
    "i": (0x93F, box((100, 0, 200, 900))),
    # Tai Le: a letter without a drawing.
    "tai": (0x1950, box()),
    # A picture and a private character.
    "target": (0x1F3AF, box((100, 0, 800, 700))),
    "private": (0xE123, box((100, 0, 800, 700))),
    # Higher and deeper than a line.
    "tower": (0x1A20, box((100, -600, 300, 1200))),
}

font = FontBuilder(EM, isTTF=True)
font.setupGlyphOrder(list(GLYPHS))
font.setupCharacterMap({code: name for name, (code, _) in GLYPHS.items() if code})
font.setupGlyf({name: glyph for name, (_, glyph) in GLYPHS.items()})
widths = {name: 300 if name in ("alef", "i", "A") else 900 for name in GLYPHS}
font.setupHorizontalMetrics({name: (width, 0) for name, width in widths.items()})
font.setupHorizontalHeader(ascent=1200, descent=-600)
font.setupNameTable({"familyName": "Packbench Invented", "styleName": "Bold",
                     "psName": "PackbenchInvented-Bold"})
font.setupOS2(sTypoAscender=1200, sTypoDescender=-600, usWinAscent=1200, usWinDescent=600,
              usWeightClass=700)
font.setupPost()
font.font["head"].created = font.font["head"].modified = 0
font.font.recalcTimestamp = False
font.save("invented.ttf")
