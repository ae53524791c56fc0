"""Reads what the scanners left behind and writes the page about it.

  report.py OUT PAGE   exit code 1 when a finding has no answer in answers.json, or a scan proves nothing because its session was lost
"""
import collections
import json
import pathlib
import re
import sys
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
GUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


def lines(path):
    return path.read_text(errors="replace").splitlines() if path.exists() else []


def plain(address):
    """An address without its host, its ids and what a scanner put into it."""
    parts = urllib.parse.urlsplit(address)
    return re.sub(GUID, "{id}", parts.path or "/")


def known():
    """What the authorization matrix says the server answers to, what its pages load, and the description of the API."""
    patterns = [re.escape(row.split()[1]) for row in lines(ROOT / "docs/authorization-matrix.txt") if re.match(r"[A-Z]+ /", row)]
    patterns = [re.sub(r"\\{\\\*\\\*[^/]*?\\}", ".*", one) for one in patterns]
    patterns = [re.sub(r"\\{[^/]*?\\}", "[^/]+", one).rstrip("/") + "/?" for one in patterns]
    files = ROOT / "src/Strongroom/bin/Release/net10.0/Strongroom.staticwebassets.endpoints.json"
    patterns += [re.escape("/" + one["Route"]) for one in json.loads(files.read_text())["Endpoints"]]
    return re.compile("|".join(patterns + [r"/openapi/v1\.json", r"/reference(/.*)?"]), re.I)


def of_ffuf(out):
    ours = known()
    for path in sorted((out / "ffuf").glob("*.json")):
        for one in json.loads(path.read_text())["results"]:
            asked = urllib.parse.urlsplit(one["url"])
            # An empty word asks for the beginning alone; /error is there to be asked for, and says 500.
            if ours.fullmatch(urllib.parse.unquote(asked.path)) and (one["status"] < 500 or asked.path == "/error"):
                continue
            yield "ffuf", f"answers {one['status']}", asked.path


def of_sqlmap(out):
    for path in sorted((out / "sqlmap").glob("*.log")):
        address, log = "", lines(path)
        for at, line in enumerate(log):
            if named := re.search(r"testing URL '([^']+)'", line):
                address = plain(named[1])
            elif found := re.search(r"\] \[INFO\] (.*parameter '[^']*') (?:is|appears to be) '.*' injectable", line):
                # It proves an injection before it says so in earnest, and takes most of them back.
                withdrawn = any(f"{found[1]} does not seem to be injectable" in later for later in log[at:at + 60])
                yield "sqlmap", "injectable at first sight, withdrawn by sqlmap as a false positive" if withdrawn else "injectable", f"{address} {found[1]}"


def of_wapiti(out):
    for path in sorted((out / "wapiti").glob("*.json")):
        found = json.loads(path.read_text())
        for part in ("vulnerabilities", "anomalies", "additionals"):
            for kind, cases in found[part].items():
                for case in cases:
                    yield "wapiti", kind + (f": {case['info'].strip().rstrip('.')}" if part == "vulnerabilities" and not case["parameter"] else ""), plain(case["path"]) + (f" {case['parameter']}" if case["parameter"] else "")


def of_server(out):
    """What the server wrote down as broken, by its first line."""
    log = lines(out / "server.log")
    for at, line in enumerate(log):
        if re.match(r"\S+Z (fail|crit) ", line):
            told = next((one.strip() for one in log[at + 1:at + 4] if "Exception" in one), log[at + 1].strip() if at + 1 < len(log) else "")
            yield "server", re.sub(GUID, "{id}", re.sub(r"'[^']*'", "'…'", told))[:120], line.split(" ", 2)[2].split(":", 1)[0]
    for call in lines(out / "called-out.txt"):
        yield "server", "called out", call


def count(log, what):
    return sum(1 for line in lines(log) if re.search(what, line))


def scanned(out):
    """Rows of the table of what was done."""
    for path in sorted((out / "ffuf").glob("*.log")):
        progress = re.findall(r"Progress: \[(\d+)/(\d+)\]", path.read_text(errors="replace"))
        user, where = path.stem.split("-")
        asked, words = (int(one) for one in progress[-1]) if progress else (0, 0)
        yield "ffuf", f"as {user}, `{'/' if where == 'root' else '/api/v1/' if where == 'api' else f'/{where}/'}…`: {asked:,} of {words:,} words", f"{asked:,}"
    for row in lines(out / "targets/counts.txt"):
        user, targets = row.split()
        logs = list((out / "sqlmap").glob(f"{user}.*.log"))
        tried, parameters = (sum(count(log, what) for log in logs) for what in (r"testing URL", r"does not seem to be injectable|is vulnerable"))
        requests = sum(path.stat().st_size for path in (out / "sqlmap").glob(f"{user}.*.count"))
        if int(targets):
            yield "sqlmap", f"as {user}: {tried} of {targets} addresses, {parameters} parameters", f"{requests:,}"
    for path in sorted((out / "wapiti").glob("*.log")):
        found = re.search(r"found (\d+) URLs and forms", path.read_text(errors="replace"))
        stopped = {line.split()[-2].rstrip(",") for line in lines(path) if "Max attack time was reached" in line}
        modules = ", ".join(name + (" (until its time was up)" if name in stopped else "") for name in (line.split()[-1] for line in lines(path) if "Launching module" in line))
        modules += "; not every link was followed in the time" if count(path, "Max scan time was reached") else ""
        requests = count(path, r"\[¨\]|^\[\+\] (GET|POST)")
        yield "wapiti", f"as {path.stem}: {found[1] if found else 0} addresses and forms; {modules}", f"{requests:,}"


def answer_to(answers, finding):
    tool, kind, where = finding
    return next((one["answer"] for one in answers if one["tool"] == tool and re.search(one["kind"], kind) and re.search(one.get("where", ""), where)), None)


def main(out, page):
    answers = json.loads((HERE / "answers.json").read_text())
    groups = collections.defaultdict(collections.Counter)
    for finding in [*of_ffuf(out), *of_sqlmap(out), *of_wapiti(out), *of_server(out)]:
        groups[(finding[0], finding[1], answer_to(answers["open"], finding))][finding[2]] += 1
    versions = [line.split() for line in lines(out / "versions.txt")]
    lost, cut = lines(out / "lost-sessions.txt"), lines(out / "cut-short.txt")

    text = [(HERE / "page.md").read_text().rstrip(), "", "## What was run", "", "Versions, from Debian's packages: " + ", ".join(f"{tool} {version}" for tool, version in versions) + ".", "",
            "| scanner | what | requests |", "|---|---|---|"]
    text += [f"| {tool} | {what} | {requests} |" for tool, what, requests in scanned(out)]
    text += ["", "Ended by their time limit, so that the rest is not tried: " + "; ".join(one.removesuffix(" ended early") for one in cut) + "." if cut else "Nothing was cut short by a time limit of ours."]
    text += ["", "Sessions that were lost on the way: " + "; ".join(lost) + "." if lost else "Every session was still open after each scanner's turn."]
    text += ["", "## What they found, and what is to be said to it", "", "| found by | what | where | answer |", "|---|---|---|---|"]
    for (tool, kind, answer), where in sorted(groups.items(), key=lambda one: (one[0][0], one[0][1])):
        places = ", ".join(f"`{place}`" for place, _ in where.most_common(3)) + (f" and {len(where) - 3} more" if len(where) > 3 else "")
        text.append(f"| {tool} | {kind.replace('|', '/')} ({sum(where.values())}) | {places} | {answer or '**not answered yet**'} |")
    if not groups:
        text.append("| | nothing | | |")
    text += ["", "## Found by an earlier run, and mended", "", "| found by | what | answer |", "|---|---|---|"]
    text += [f"| {one['tool']} | {one['kind']} | {one['answer']} |" for one in answers["mended"]]
    page.write_text("\n".join(text) + "\n")

    open_ones = [group for group in groups if group[2] is None]
    for tool, kind, _ in open_ones:
        print(f"not answered: {tool}: {kind}", file=sys.stderr)
    for one in lost:
        print(f"lost its session during {one}", file=sys.stderr)
    print(page)
    return 1 if open_ones or lost else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
