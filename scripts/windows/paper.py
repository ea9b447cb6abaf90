"""A printer that keeps what it gets: paper.py PORT FOLDER. One file a connection."""

import pathlib
import socket
import sys

port, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", port))
listener.listen(8)
(folder / "up").touch()
count = 0
while True:
    peer, _ = listener.accept()
    got = b""
    while part := peer.recv(1 << 16):
        got += part
    count += 1
    part = folder / f"{count}.part"
    part.write_bytes(got)
    part.rename(folder / f"{count}.job")
