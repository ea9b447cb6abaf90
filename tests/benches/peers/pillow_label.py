"""The label of the comparison with Pillow, as a small script in a packing room would draw it.

pillow_label.py FONTS NUMBER OUT.png ROUNDS
"""

import base64, binascii, json, sys, time, zlib

import barcode, segno
from PIL import Image, ImageDraw, ImageFont

folder, number, out, rounds = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
faces = {}


def font(size, bold=False):
    if (size, bold) not in faces:
        name = "NotoSansSC-Bold.ttf" if bold else "NotoSansSC-Regular.ttf"
        faces[size, bold] = ImageFont.truetype(f"{folder}/{name}", size)
    return faces[size, bold]


def bars(pen, x, y, height, module):
    for at, one in enumerate(barcode.get("code128", number).build()[0]):
        if one == "1":
            pen.rectangle((x + at * module, y, x + (at + 1) * module - 1, y + height), fill=0)


def draw():
    label = Image.new("1", (800, 1200), 1)
    pen = ImageDraw.Draw(label)
    pen.fontmode = "1"
    pen.rectangle((8, 8, 791, 1191), outline=0, width=2)
    for y in (95, 210, 282, 525, 735, 970):
        pen.line((8, y, 791, y), fill=0, width=2)
    pen.text((24, 20), "示例快递", font=font(44, True), fill=0)
    pen.text((400, 100), "113 C107 M07", font=font(84, True), fill=0, anchor="ma")
    pen.text((24, 222), "集包地：北京集散包", font=font(38, True), fill=0)
    pen.text((24, 296), "收", font=font(34, True), fill=0)
    lines = ("李* 1******0002", "四川省成都市武侯区天府大道中段示例街2号院3号楼", "****样例小区的一行长地址会折行")
    for at, line in enumerate(lines):
        pen.text((84, 292 + 44 * at), line, font=font(30), fill=0)
    pen.text((24, 440), "寄", font=font(26), fill=0)
    pen.text((84, 438), "张* 1******0001  广东省深圳市南山区示例路1号****", font=font(24), fill=0)
    bars(pen, 200, 545, 130, 3)
    pen.text((400, 685), number, font=font(32), fill=0, anchor="ma")
    pen.text((24, 750), "物品：蓝牙耳机 Pro ×1\n备注：易碎轻放\n重量：0.50 kg", font=font(26), fill=0)
    for y, row in enumerate(segno.make(number, micro=False).matrix):
        for x, one in enumerate(row):
            if one:
                pen.rectangle((560 + 8 * x, 750 + 8 * y, 567 + 8 * x, 757 + 8 * y), fill=0)
    bars(pen, 40, 990, 60, 2)
    pen.text((24, 1110), "签收人/时间：", font=font(26), fill=0)
    return label


def z64(label):
    dots = bytes(255 - byte for byte in label.tobytes())
    data = base64.b64encode(zlib.compress(dots, 9))
    head = f"^XA^PW800^LL1200^FO0,0^GFA,{len(dots)},{len(dots)},100,:Z64:".encode()
    return head + data + f":{binascii.crc_hqx(data, 0):04x}^FS^PQ1^XZ".encode()


first = draw()
z64(first)
each = []
for _ in range(rounds):
    since = time.perf_counter()
    z64(draw())
    each.append((time.perf_counter() - since) * 1000)
if rounds == 0:
    first.save(out)
print(json.dumps({"warm_ms": sorted(each)[rounds // 2] if each else 0}))
