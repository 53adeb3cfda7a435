"""A Hub that swallows one dataset: it hashes what is put, keeps nothing, and answers as the Hub does.

usage: sink_hub.py PORT_FILE [PART_BYTES]

Writes its port into PORT_FILE. With PART_BYTES large files are asked for in parts of that size. Every PUT is checked against the digest
that the batch announced; a commit that names a file which did not arrive whole is refused.
"""

import base64
import hashlib
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock

PART = int(sys.argv[2]) if len(sys.argv) > 2 else None
COMMIT = "0" * 40
lock = Lock()
announced = {}  # sha256 -> size
parts = {}  # (sha256, number) -> bytes received
whole = set()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def take(self, digest=None):
        left = int(self.headers.get("Content-Length") or 0)
        kept = bytearray()
        count = 0
        while left:
            piece = self.rfile.read(min(left, 1 << 20))
            if not piece:
                raise ConnectionError("the body ended early")
            left -= len(piece)
            count += len(piece)
            if digest is None:
                kept += piece
            else:
                digest.update(piece)
        return bytes(kept) if digest is None else count

    def answer(self, status, value=None, **headers):
        body = b"" if value is None else json.dumps(value).encode()
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if "/tree/" in self.path:
            self.answer(200, [])
        elif "/revision/" in self.path:
            self.answer(200, {"id": "tester/sink", "sha": COMMIT})
        else:
            self.answer(200, {"name": "tester", "orgs": []})

    def do_PUT(self):
        _, kind, digest, *rest = self.path.split("?")[0].split("/")
        hashed = hashlib.sha256()
        count = self.take(hashed)
        with lock:
            if kind == "put":
                if hashed.hexdigest() != digest:
                    return self.answer(400, {"error": "BadDigest"})
                whole.add(digest)
            else:
                parts[digest, int(rest[0])] = count
        self.answer(200, ETag=f'"{hashed.hexdigest()}"')

    def do_POST(self):
        body = self.take()
        if self.path.endswith("/create"):
            return self.answer(200, {"url": "x"})
        if "/preupload/" in self.path:
            files = json.loads(body)["files"]
            return self.answer(
                200,
                {
                    "files": [
                        {
                            "path": f["path"],
                            "uploadMode": "lfs" if f["path"].endswith((".bin", ".parquet")) else "regular",
                            "shouldIgnore": False,
                        }
                        for f in files
                    ]
                },
            )
        base = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.endswith("/batch"):
            objects = []
            for item in json.loads(body)["objects"]:
                digest, size = item["oid"], item["size"]
                announced[digest] = size
                header, href = {}, f"{base}/put/{digest}"
                if PART and size > PART:
                    count = -(-size // PART)
                    header = {f"{i:05d}": f"{base}/part/{digest}/{i}" for i in range(1, count + 1)}
                    header["chunk_size"] = str(PART)
                    href = f"{base}/complete/{digest}"
                objects.append({"oid": digest, "size": size, "actions": {"upload": {"href": href, "header": header}}})
            return self.answer(200, {"transfer": "basic", "objects": objects})
        if "/complete/" in self.path:
            digest = self.path.split("/")[2]
            named = [p["partNumber"] for p in json.loads(body)["parts"]]
            if sum(parts.get((digest, n), 0) for n in named) != announced[digest]:
                return self.answer(400, {"error": "parts are missing"})
            whole.add(digest)
            return self.answer(200, {})
        for line in body.decode().splitlines():
            entry = json.loads(line)
            if entry["key"] == "lfsFile" and entry["value"]["oid"] not in whole:
                return self.answer(400, {"error": "a file did not arrive whole"})
            if entry["key"] == "file":
                base64.b64decode(entry["value"]["content"])
        self.answer(200, {"success": True, "commitOid": "1" * 40, "commitUrl": "x"})


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(sys.argv[1], "w") as file:
    file.write(str(server.server_port))
server.serve_forever()
