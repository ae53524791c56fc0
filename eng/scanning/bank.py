"""The demo bank as the scanners need it: who may sign in, a session for each, and whether it still holds.

  bank.py sign-in BASE DATA DIR USER...   writes DIR/USER.json: cookies, antiforgery token, and the cookies as wapiti reads them; nobody
                                          gets what a form needs, and no session
  bank.py alive BASE DIR USER...          prints the users whose session no longer opens anything; none is good
"""
import base64
import hashlib
import hmac
import html
import http.cookiejar
import json
import pathlib
import re
import struct
import sys
import time
import urllib.error
import urllib.parse
import urllib.request


def code(secret):
    """What an authenticator shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


class Browser:
    def __init__(self, base):
        self.base, self.jar = base, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path):
        with self.opener.open(self.base + path, timeout=30) as answer:
            return answer.read().decode()

    def post_form(self, page, form, **fields):
        """Fills a page's form in as a browser without script does: what the page hid in it goes along."""
        markup = self.get(page)
        mine = next(one for one in re.findall(r"<form .*?</form>", markup, re.S) if f'value="{form}"' in one)
        hidden = {}
        for tag in re.findall(r'<input type="hidden"[^>]*>', mine):
            name, value = (re.search(rf'\s{what}="([^"]*)"', tag) for what in ("name", "value"))
            hidden[name[1]] = html.unescape(value[1]) if value else ""
        body = urllib.parse.urlencode(hidden | {name.replace("_", "."): value for name, value in fields.items()}).encode()
        with self.opener.open(self.base + page, body, timeout=30) as answer:
            answer.read()

    def session(self):
        return json.loads(self.get("/api/v1/session"))


def sign_in(base, data, directory, users):
    players = {one["UserName"]: one for one in json.loads((pathlib.Path(data) / "sign-ins.json").read_text())}
    for user in users:
        browser, facts = Browser(base), {"person": None, "csrfToken": ""}
        if user == "nobody":
            browser.get("/sign-in")
        else:
            browser.post_form("/sign-in", "sign-in", Input_UserName=user, Input_Password=players[user]["Password"])
            browser.post_form("/sign-in/code", "code", Input_Code=code(players[user]["TotpSecret"]))
            facts = browser.session()
        cookies = {cookie.name: cookie.value for cookie in browser.jar}
        path = pathlib.Path(directory) / f"{user}.json"
        path.write_text(json.dumps({"user": user, "person": facts["person"], "token": facts["csrfToken"],
                                    "cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}))
        for_wapiti = {name: {"value": value, "version": 0, "secure": False, "expires": None, "port": None} for name, value in cookies.items()}
        path.with_suffix(".wapiti").write_text(json.dumps({"127.0.0.1": {"/": for_wapiti}}))


def alive(base, directory, users):
    for user in users:
        cookie = json.loads((pathlib.Path(directory) / f"{user}.json").read_text())["cookie"]
        try:
            urllib.request.urlopen(urllib.request.Request(base + "/api/v1/session", headers={"Cookie": cookie}), timeout=30).close()
        except urllib.error.HTTPError:
            print(user)


if __name__ == "__main__":
    verb, base, *rest = sys.argv[1:]
    if verb == "sign-in":
        sign_in(base, rest[0], rest[1], rest[2:])
    elif verb == "alive":
        alive(base, rest[0], rest[1:])
    else:
        sys.exit(__doc__)
