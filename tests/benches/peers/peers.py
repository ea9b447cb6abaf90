"""One label by every way, measured alike. Started by scripts/peers.sh.

Each way is a function that leaves ZPL bytes and a 1-bit picture of what the head would burn, and says
how long the first label and each later one took. Peak memory is the proportional share (PSS) of the
way's whole process tree, looked at every 5 ms. The picture is judged by the `measure` example:
how far bars lie from equal modules, in dots, and the simulated ISO 15416 grade, new and worn.
"""

import base64, binascii, io, json, os, pathlib, shutil, socket, struct, subprocess, sys, tempfile
import threading, time, zlib
from statistics import median

from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parents[2]
TARGET = pathlib.Path(sys.argv[1])
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 15
FONTS = TOP / "src-tauri/crates/label/fonts"
PAGE = HERE / "label.html"
NO = "75312345678901"
WIDTH, HEIGHT = 800, 1200  # dots
DPI = 203.2


def ms(since):
    return (time.perf_counter() - since) * 1000


class Tree:
    """The most memory that a process and its children shared out at once, in MiB."""

    def __init__(self, pid):
        self.pid, self.most, self.over = pid, 0, False
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self):
        while not self.over:
            self.most = max(self.most, sum(pss_kib(pid) for pid in tree(self.pid)))
            time.sleep(0.005)

    def end(self):
        self.over = True
        self.thread.join()
        return self.most / 1024


def tree(root):
    children = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                parent = int(open(f"/proc/{entry}/stat").read().rsplit(")", 1)[1].split()[1])
                children.setdefault(parent, []).append(int(entry))
            except (OSError, IndexError):
                pass
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += children.get(pid, [])
    return found


def pss_kib(pid):
    try:
        for line in open(f"/proc/{pid}/smaps_rollup"):
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def run(words, **more):
    """Runs to the end: milliseconds, peak MiB, stdout."""
    since = time.perf_counter()
    child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **more)
    seen = Tree(child.pid)
    out = child.stdout.read()
    # Too short a life is seen by the kernel alone, and then it has no children.
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    took, peak = ms(since), max(seen.end(), 0)
    if child.returncode != 0:
        raise RuntimeError(f"{words[0]} ended with {child.returncode}")
    return took, max(peak, used.ru_maxrss / 1024 if peak == 0 else 0), out


def z64(picture):
    """A whole picture as one deflated graphic."""
    dots = bytes(255 - byte for byte in picture.convert("1", dither=Image.Dither.NONE).tobytes())
    data = base64.b64encode(zlib.compress(dots, 9))
    total, stride = len(dots), len(dots) // picture.height
    crc = binascii.crc_hqx(data, 0)
    head = f"^XA^PW{picture.width}^LL{picture.height}^FO0,0^GFA,{total},{total},{stride},:Z64:"
    return head.encode() + data + f":{crc:04x}^FS^PQ1^XZ".encode()


def black(picture):
    return picture.convert("L").point(lambda grey: 255 if grey >= 128 else 0).convert("1")


# Our own two ways ---------------------------------------------------------------------------------


def ours(kind, out):
    peer = TARGET / "release/examples/peer"
    page = [str(PAGE)] if kind == "html" else []
    words = [str(peer), kind, *page, str(out / "ours.zpl"), str(out / "ours.png")]
    colds = [run([*words, "0"]) for _ in range(ROUNDS)]
    told = json.loads(run([*words, "200"])[2])
    peak = max(one[1] for one in colds)
    cold = median(one[0] for one in colds)
    return cold, told["warm_us"] / 1000, told["bytes"], peak, Image.open(out / "ours.png")


# Chromium, over its debugging pipe ----------------------------------------------------------------


class Chromium:
    def __init__(self, profile):
        to_it, from_it = os.pipe(), os.pipe()
        words = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"]
        words += ["--allow-file-access-from-files", "--remote-debugging-pipe", "--hide-scrollbars"]
        # The pipe's ends are 3 and 4 over there.
        shell = f"exec {' '.join(words)} --user-data-dir={profile} 3<&{to_it[0]} 4>&{from_it[1]}"
        self.child = subprocess.Popen(
            ["sh", "-c", shell], pass_fds=(to_it[0], from_it[1]), stderr=subprocess.DEVNULL
        )
        os.close(to_it[0]), os.close(from_it[1])
        self.write, self.read = to_it[1], os.fdopen(from_it[0], "rb", buffering=0)
        self.rest, self.number, self.session = b"", 0, None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=378, height=567, deviceScaleFactor=DPI / 96, mobile=False,
        )

    def hear(self):
        while b"\0" not in self.rest:
            more = os.read(self.read.fileno(), 1 << 16)
            if not more:
                raise RuntimeError("chromium ended")
            self.rest += more
        one, self.rest = self.rest.split(b"\0", 1)
        return json.loads(one)

    def ask(self, method, **params):
        self.number += 1
        ask = {"id": self.number, "method": method, "params": params}
        if self.session:
            ask["sessionId"] = self.session
        os.write(self.write, json.dumps(ask).encode() + b"\0")
        while True:
            heard = self.hear()
            if heard.get("id") == self.number:
                if "error" in heard:
                    raise RuntimeError(heard["error"]["message"])
                return heard["result"]

    def show(self, page):
        self.ask("Page.navigate", url=page.as_uri())
        while self.hear().get("method") != "Page.loadEventFired":
            pass
        self.ask("Runtime.evaluate", expression="document.fonts.ready", awaitPromise=True)

    def end(self):
        os.write(self.write, b'{"id":0,"method":"Browser.close"}\0')
        self.child.wait()
        os.close(self.write), self.read.close()


def with_fonts(out):
    """The page, its font the shipped one."""
    faces = "".join(
        f'@font-face{{font-family:"微软雅黑";font-weight:{weight};src:url("{(FONTS / file).as_uri()}")}}'
        for weight, file in ((400, "NotoSansSC-Regular.ttf"), (700, "NotoSansSC-Bold.ttf"))
    )
    page = out / "label.html"
    size = "@page{size:100mm 150mm;margin:0}"
    page.write_text(PAGE.read_text().replace("<style", f"<style>{size}{faces}</style><style", 1))
    return page


def chromium(out, draw):
    """Starts, draws, draws again."""
    page = with_fonts(out)
    colds, peak = [], 0
    for first in range(3):
        profile = tempfile.mkdtemp()
        since = time.perf_counter()
        browser = Chromium(profile)
        seen = Tree(browser.child.pid)
        picture = draw(browser, page, out)
        zpl = z64(picture)
        colds.append(ms(since))
        warms = []
        for _ in range(ROUNDS if first == 2 else 0):
            since = time.perf_counter()
            zpl = z64(draw(browser, page, out))
            warms.append(ms(since))
        browser.end()
        shutil.rmtree(profile, ignore_errors=True)
        peak = max(peak, seen.end())
    return median(colds), median(warms), len(zpl), peak, picture


def shot(browser, page, _):
    browser.show(page)
    png = base64.b64decode(browser.ask("Page.captureScreenshot", format="png")["data"])
    return black(Image.open(io.BytesIO(png)))


def paper(browser, page, out):
    browser.show(page)
    pdf = browser.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]
    (out / "label.pdf").write_bytes(base64.b64decode(pdf))
    words = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pngmono", f"-r{DPI}"]
    subprocess.run([*words, "-o", str(out / "gs.png"), str(out / "label.pdf")], check=True)
    return Image.open(out / "gs.png").convert("1")


# Pillow -------------------------------------------------------------------------------------------


def pillow(out):
    words = [sys.executable, str(HERE / "pillow_label.py"), str(FONTS), NO, str(out / "pillow.png")]
    colds = [run([*words, "0"]) for _ in range(5)]
    warm_ms = json.loads(run([*words, str(ROUNDS)])[2])["warm_ms"]
    picture = Image.open(out / "pillow.png")
    peak = max(one[1] for one in colds)
    return median(one[0] for one in colds), warm_ms, len(z64(picture)), peak, picture


# LPrint, with our picture -------------------------------------------------------------------------


def attribute(tag, name, value):
    name = name.encode()
    return bytes([tag]) + struct.pack(">H", len(name)) + name + struct.pack(">H", len(value)) + value


def job(port, png):
    size = b"".join(
        attribute(0x4A, "", name) + attribute(0x21, "", struct.pack(">i", long))
        for name, long in ((b"x-dimension", 10_000), (b"y-dimension", 15_000))
    )
    body = b"\2\0\0\2\0\0\0\1\1"
    body += attribute(0x47, "attributes-charset", b"utf-8")
    body += attribute(0x48, "attributes-natural-language", b"en")
    body += attribute(0x45, "printer-uri", f"ipp://localhost:{port}/ipp/print/label".encode())
    body += attribute(0x42, "requesting-user-name", b"packbench")
    body += attribute(0x49, "document-format", b"image/png") + b"\2"
    body += attribute(0x34, "media-col", b"") + attribute(0x4A, "", b"media-size")
    body += attribute(0x34, "", b"") + size + attribute(0x37, "", b"") + attribute(0x37, "", b"")
    body += b"\3" + png
    head = f"POST /ipp/print/label HTTP/1.1\r\nHost: localhost:{port}\r\n"
    head += f"Content-Type: application/ipp\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection(("localhost", port)) as way:
        way.sendall(head.encode() + body)
        way.recv(4_096)


def downloaded(zpl):
    """The picture of a ~DG: hexadecimal with run lengths."""
    _, total, stride, text = zpl[zpl.index(b"~DG"):].split(b",", 3)
    total, stride = int(total), int(stride)
    rows, row, times = [], "", 0
    for letter in text.decode("latin1"):
        if "G" <= letter <= "Y":
            times += ord(letter) - 70
            continue
        if "g" <= letter <= "z":
            times += 20 * (ord(letter) - 102)
            continue
        if letter == ",":
            row = row.ljust(2 * stride, "0")
        elif letter == "!":
            row = row.ljust(2 * stride, "F")
        elif letter == ":":
            row = rows[-1]
        elif letter not in "\r\n":
            row += letter * max(times, 1)
        times = 0
        while len(row) >= 2 * stride:
            rows.append(row[: 2 * stride])
            row = row[2 * stride:]
        if len(rows) * stride >= total:
            break
    dots = bytes(255 - byte for byte in bytes.fromhex("".join(rows)))
    return Image.frombytes("1", (8 * stride, len(rows)), dots)


def lprint(out):
    ours_png = io.BytesIO()
    # LPrint 1.1.0 takes the ones of a 1-bit PNG for nearly black; it gets eight bits.
    Image.open(out / "ours.png").convert("L").save(ours_png, "PNG", dpi=(203, 203))
    wire = socket.create_server(("127.0.0.1", 0))
    colds, peak = [], 0
    for first in range(3):
        root = pathlib.Path(tempfile.mkdtemp())
        free = socket.create_server(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        script = TOP / "tests/support/ipp/start-lprint.sh"
        since = time.perf_counter()
        child = subprocess.Popen(
            ["sh", str(script), str(root), str(port), str(wire.getsockname()[1])],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        seen = Tree(child.pid)
        while not (root / "ready").exists():
            if child.poll() is not None:
                raise RuntimeError("it does not start")
            time.sleep(0.002)
        warms = []
        for nth in range(1 + (ROUNDS if first == 2 else 0)):
            if nth:
                since = time.perf_counter()
            threading.Thread(target=job, args=(port, ours_png.getvalue()), daemon=True).start()
            zpl = arrived(wire)
            (warms if nth else colds).append(ms(since))
        child.terminate()
        child.wait()
        shutil.rmtree(root, ignore_errors=True)
        peak = max(peak, seen.end())
    return median(colds), median(warms), len(zpl), peak, downloaded(zpl)


def arrived(wire):
    """What comes on the next connection that is not only a question."""
    well = b"\2\r\n  PRINTER STATUS\r\n   ERRORS:         0 00000000 00000000\r\n"
    well += b"   WARNINGS:       0 00000000 00000000\r\n\3"
    while True:
        way, _ = wire.accept()
        got = b""
        while part := way.recv(1 << 16):
            got += part
            if got == b"~HQES\n":
                # It reads until the printer hangs up, and prints on another connection.
                way.sendall(well)
                got = b""
                break
        way.close()
        if got:
            return got


# The table ----------------------------------------------------------------------------------------


def measured(picture, out):
    path = out / "judged.png"
    picture.convert("L").save(path)
    measure = TARGET / "debug/examples/measure"
    return json.loads(subprocess.run([measure, path], check=True, capture_output=True).stdout)


def read_by_zxing(picture):
    import zxingcpp

    found = {code.text for code in zxingcpp.read_barcodes(picture.convert("L"))}
    return "yes" if NO in found else "no"


def main():
    out = TARGET / "peers"
    ways = [
        ("ours, drawn from the data", None, lambda: ours("form", out)),
        ("Chromium → bitmap → Z64", "chromium", lambda: chromium(out, shot)),
        ("Chromium → PDF → Ghostscript → Z64", "gs", lambda: chromium(out, paper)),
        ("Pillow + Z64", None, lambda: pillow(out)),
        ("LPrint 1.1.0, given our picture", "lprint", lambda: lprint(out)),
        ("ours, from the same HTML", None, lambda: ours("html", out)),
    ]
    print("| way | cold | warm | bytes | memory | bars off by | grade new · worn | read by zxing-cpp |")
    print("|---|---|---|---|---|---|---|---|")
    for number, (name, program, way) in enumerate(ways):
        if program and not shutil.which(program):
            print(f"peers: {program} is missing: no {name}", file=sys.stderr)
            continue
        cold, warm, size, peak, picture = way()
        picture.convert("L").save(out / f"way-{number}.png")
        bars = measured(picture, out)
        print(
            f"| {name} | {cold:.3g} ms | {warm:.3g} ms | {size / 1000:.1f} KB | {peak:.0f} MiB "
            f"| {bars['off']} | {bars['grades']} | {read_by_zxing(picture)} |", flush=True
        )


main()
