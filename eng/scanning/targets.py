"""What sqlmap is to try: every address of ours that takes something, as the first of the roles that is let in.

  targets.py BASE SESSIONS OUT USER...

Pages are found by following links as each user, one example for each kind of address; what a page reads from its query stands in its source. The API's
addresses and bodies come from its description. Writes OUT/USER.N.log, lists of requests in the form that sqlmap reads, and prints how many there are by user.
"""
import collections
import html
import json
import pathlib
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
import uuid

MOST = 35
GUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# They would end the very session that asks, or somebody's whom a later scanner needs.
NOT_TRIED = re.compile(r"/(sign-out|lock|locked|leave|close-sign-in|start-over|end-sessions|end-all|sign-everybody-out|still-here|passkey-questions)\b|stream$|/signatures/")
# The words after which a page's id stands, and the names of the same things in the API.
NOUNS = {"people": "person", "agreements": "agreement", "visits": "visit", "lockers": "locker", "branches": "branch", "vaults": "vault",
         "staff": "officer", "officers": "officer", "approvals": "approval", "messages": "message", "letters": "message", "holds": "hold"}
FROM_QUERY = re.compile(r'\[SupplyParameterFromQuery(?:\(Name = "(\w+)"\))?\] private ([\w?\[\]]+) (\w+)')
# What a field must look like that its schema calls a text.
WORDS = {"language": "en", "zone": "Asia/Kolkata", "jurisdiction": "IN", "address": "a@example.in", "closes": "16:00:00", "closed": "16:00:00"}
# Lists of ids that their schema calls lists of texts.
IDS = {"keys", "seen", "vaultsEmpty", "alsoPresent", "jointHirers"}
# The downloads and printed registers read their query by hand.
LISTS = {"branch": "Guid", "from": "string", "until": "string", "q": "string", "sort": "string"}


class Door:
    def __init__(self, base, sessions, user):
        self.base, self.user = base, user
        self.facts = json.loads((sessions / f"{user}.json").read_text())

    def headers(self):
        # An empty token would count as a wrong one, and the form's own would not be looked at.
        token = {"X-CSRF-TOKEN": self.facts["token"]} if self.facts["token"] else {}
        return {"Cookie": self.facts["cookie"], "If-Match": '"1"'} | token

    def ask(self, path, method="GET", body=None):
        headers = self.headers() | {"Idempotency-Key": str(uuid.uuid4())} | ({"Content-Type": "application/json"} if body is not None else {})
        request = urllib.request.Request(self.base + path, body.encode() if body is not None else None, headers, method=method)
        try:
            with urllib.request.build_opener(Stay).open(request, timeout=30) as answer:
                return answer.status, answer.read().decode(errors="replace") if "html" in answer.headers.get("Content-Type", "") else ""
        except urllib.error.HTTPError as refused:
            return refused.code, ""


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def kind_of(path):
    return re.sub(GUID, "{id}", path)


def crawl(door):
    """One address of each kind that the user's pages lead to."""
    found, waiting = {}, collections.deque(["/", "/desk", "/office", "/account", "/audit", "/profile"])
    while waiting:
        path = waiting.popleft()
        if kind_of(path) in found or NOT_TRIED.search(path):
            continue
        status, page = door.ask(path)
        found[kind_of(path)] = (path, status)
        for link in re.findall(r'href="(/[^"]*)"', page):
            waiting.append(html.unescape(link).split("?")[0].split("#")[0])
    return dict(found.values())


def forms(door, paths):
    """The forms on these pages, each field with a letter in it and what the page hid in it as it stands."""
    for path in paths:
        for form in re.findall(r"<form .*?</form>", door.ask(path)[1], re.S):
            fields = {}
            for tag in re.findall(r"<(?:input|textarea|select)[^>]*>", form):
                name, value = (re.search(rf'\s{what}="([^"]*)"', tag) for what in ("name", "value"))
                if name:
                    fields[name[1]] = html.unescape(value[1]) if value and value[1] else "a"
            if 'method="post"' in form and any(not name.startswith("_") for name in fields):
                yield "POST", path, urllib.parse.urlencode(fields)


def read_by_pages():
    """Route pattern → the names and types that its page reads from the query."""
    pages = {}
    for source in (ROOT / "src/Strongroom").rglob("*.razor"):
        text = source.read_text()
        asked = {(name or member[0].lower() + member[1:]): kind for name, kind, member in FROM_QUERY.findall(text)}
        for route in re.findall(r'^@page "([^"]+)"', text, re.M):
            pages[re.sub(r"{[^}]*}", "{id}", route)] = asked
    return pages


class Examples:
    def __init__(self):
        self.ids = {}

    def learn(self, path):
        for noun, id in re.findall(rf"/([\w-]+)/({GUID})", path):
            self.ids.setdefault(NOUNS.get(noun, noun), id)

    def id(self, word):
        return self.ids.get(NOUNS.get(word, word), next(iter(self.ids.values())))

    def query(self, name, kind):
        if "Guid" in kind:
            return self.id(name.lower())
        return {"int": "1", "bool": "true"}.get(kind.rstrip("?"), {"from": "2026-01-01", "until": "2026-12-31", "date": "2026-01-01"}.get(name, "a"))

    def body(self, schema, schemas, name="", depth=0):
        while "$ref" in schema:
            schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
        schema = next((one for one in schema.get("oneOf", schema.get("anyOf", [])) if one.get("type") != "null"), schema)
        if "$ref" in schema and depth < 6:
            return self.body(schema, schemas, name, depth + 1)
        kind = schema.get("type")
        kind = next((one for one in kind if one != "null"), None) if isinstance(kind, list) else kind
        if "enum" in schema:
            return schema["enum"][0]
        if kind == "object" or "properties" in schema:
            return {field: self.body(one, schemas, field, depth + 1) for field, one in schema.get("properties", {}).items()} if depth < 6 else {}
        if kind == "array" and name in IDS:
            return [self.id(name)]
        if kind == "array":
            return [self.body(schema.get("items", {}), schemas, name, depth + 1)]
        if kind in ("integer", "number"):
            return max(1, int(schema.get("minimum", 1)))
        if kind == "boolean":
            return True
        return WORDS.get(name) or {"uuid": self.id(name), "date": "2026-12-24", "date-time": "2026-12-24T10:00:00Z", "time": "10:00:00"}.get(schema.get("format"), "a" * max(3, schema.get("minLength", 1)))


def as_logged(door, method, path, body):
    lines = [f"{method} {path} HTTP/1.1", f"Host: {door.base.split('//')[1]}"]
    lines += [f"{name}: {value}" for name, value in door.headers().items()] + ([f"Content-Type: {'application/json' if body[0] == '{' else 'application/x-www-form-urlencoded'}"] if body is not None else [])
    rule = "=" * 54
    return f"{rule}\n12:00:00 PM  {door.base}  [127.0.0.1]\n{rule}\n" + "\n".join(lines) + "\n\n" + (body or "") + f"\n{rule}\n\n"


def main(base, sessions, out, users):
    doors = [Door(base, pathlib.Path(sessions), user) for user in users]
    examples, described = Examples(), json.load(urllib.request.urlopen(f"{base}/openapi/v1.json"))
    open_to = {door.user: crawl(door) for door in doors}
    for found in open_to.values():
        for path in found:
            examples.learn(path)

    targets, shut = collections.defaultdict(list), []
    read, taken = read_by_pages(), set()
    for door in doors:
        for path, status in open_to[door.user].items():
            kind = kind_of(path)
            asked = LISTS if kind.endswith(("/csv", "/pdf")) else read.get(kind)
            if status != 200 or not asked or kind in taken:
                continue
            taken.add(kind)
            targets[door.user].append(("GET", f"{path}?{urllib.parse.urlencode({name: examples.query(name, type) for name, type in asked.items()})}", None))
    # Those of the signed-in are wapiti's.
    targets[doors[0].user] += forms(doors[0], [path for path, status in open_to[doors[0].user].items() if status == 200])
    for pattern, operations in described["paths"].items():
        if NOT_TRIED.search(pattern):
            continue
        for method, operation in operations.items():
            before = dict(re.findall(r"/([\w-]+)/{(\w+)}", pattern))
            names = {name: word for word, name in before.items()}
            path = re.sub(r"{(\w+)}", lambda part: {"kind": "AccessPolicy", "date": "2026-12-24"}.get(part[1]) or examples.id(names.get(part[1], part[1])), pattern)
            query = {one["name"]: str(examples.body(one["schema"], described["components"]["schemas"])) for one in operation.get("parameters", []) if one["in"] == "query"}
            content = operation.get("requestBody", {}).get("content", {}).get("application/json")
            body = json.dumps(examples.body(content["schema"], described["components"]["schemas"])) if content else None
            if not query and body is None:
                # An id in the address is all that it takes: sqlmap's mark says that it is to be tried.
                if method != "get" or "{" not in pattern:
                    continue
                tried = re.sub(rf"({GUID})(?!.*{GUID})", r"\1*", path)
            else:
                tried = f"{path}?{urllib.parse.urlencode(query)}" if query else path
            door = next((one for one in doors if one.ask(path, method.upper(), body)[0] not in (401, 403)), None)
            if door is None:
                shut.append(f"{method.upper()} {pattern}")
            else:
                targets[door.user].append((method.upper(), tried, body))
    for door in doors:
        # Lists that are tried side by side.
        lists = -(-len(targets[door.user]) // MOST)
        for at in range(lists):
            (pathlib.Path(out) / f"{door.user}.{at + 1}.log").write_text("".join(as_logged(door, *target) for target in targets[door.user][at::lists]))
        print(door.user, len(targets[door.user]))
    (pathlib.Path(out) / "shut.txt").write_text("".join(f"{one}\n" for one in shut))


if __name__ == "__main__":
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
