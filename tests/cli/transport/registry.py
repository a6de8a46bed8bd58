# SPDX-License-Identifier: Apache-2.0
"""A registry that only gives, on a free port of 127.0.0.1: registry.Registry(tags, blobs)."""
import hashlib
import http.server
import json
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        words = self.path.split("/")
        data = b"{}" if self.path == "/v2/" else None
        kind = "application/json"
        if len(words) > 4 and words[-2] in ("manifests", "blobs"):
            name = self.server.tags.get(words[-1], words[-1])
            data = self.server.blobs.get(name)
            if data is not None and words[-2] == "manifests":
                kind = json.loads(data)["mediaType"]
        self.send_response(200 if data is not None else 404)
        data = data or b"{}"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Docker-Distribution-API-Version", "registry/2.0")
        self.send_header("Docker-Content-Digest", "sha256:" + hashlib.sha256(data).hexdigest())
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def log_message(self, *_):
        pass


class Registry(http.server.ThreadingHTTPServer):
    def __init__(self, tags, blobs):
        super().__init__(("127.0.0.1", 0), Handler)
        self.tags, self.blobs = tags, blobs
        self.daemon_threads = True
        threading.Thread(target=self.serve_forever, daemon=True).start()
