"""A bridge from HTTP to a server of the Model Context Protocol over standard input and output, for tests alone.

Each POST is a line for the server, and its answer the body; a notification is 202. One server, one request at a time. Host and
Origin have to be this machine's.
"""
import json
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Bridge:
    def __init__(self, command, environment):
        self.server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        lock, server = threading.Lock(), self.server

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self, status, body=b""):
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                origin = self.headers.get("Origin") or "http://127.0.0.1"
                if not all(any(name in text for name in ("127.0.0.1", "localhost"))
                           for text in (origin, self.headers.get("Host") or "")):
                    return self.answer(403)
                try:
                    message = json.loads(body)
                except ValueError:
                    message = {"id": None}  # the server says what is wrong with it
                if isinstance(message, dict) and ("id" not in message or "method" not in message) and message != {"id": None}:
                    return self.answer(202)
                with lock:
                    server.stdin.write(body.replace(b"\n", b" ") + b"\n")
                    server.stdin.flush()
                    reply = server.stdout.readline()
                code = json.loads(reply).get("error", {}).get("code")
                # Of the statuses that the transport gives to errors of the protocol.
                return self.answer({-32601: 404, -32700: 400, -32600: 400, -32022: 400}.get(code, 200), reply.strip())

            def do_GET(self):
                self.answer(405)

            do_DELETE = do_GET

            def log_message(self, *_):
                pass

        class Quiet(ThreadingHTTPServer):
            def handle_error(self, *_):
                pass  # a client that hangs up

        self.http = Quiet(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/mcp"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()
        self.server.stdin.close()
        self.server.stdout.close()
        self.server.wait()
