"""The place to which wapiti tries to make the server call out. It answers wapiti's question "who came?", and on an asked name it keeps each caller.

  listener.py PORT FILE   each request that is not wapiti's own question becomes a line of FILE
"""
import http.server
import sys


class Listener(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        asked = self.path.startswith(("/get_ssrf.php", "/get_xxe.php"))
        if not asked:
            with open(sys.argv[2], "a", encoding="utf-8") as came:
                came.write(f"{self.command} {self.path}\n")
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b"{}")

    do_POST = do_PUT = do_HEAD = do_GET

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Listener).serve_forever()
