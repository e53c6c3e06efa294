#!/usr/bin/python3
"""Holds the files beside the program to it: the Grafana board, the Prometheus rules, the containers, the example list of feeds.
Prints one line for each metric or label that newsd does not print, each function that does not fit a metric's type, each file that
is named and is not there, and each file that install.mk leaves behind. Where promtool is installed, it checks and tries the rules.
Part of `make lint`; the integration tests hold what series() reads from the sources to what the program prints."""
import configparser
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BOARD, RULES, FEEDS = "systemd/grafana-newsd.json", "systemd/prometheus-rules.yaml", "systemd/feeds-example.opml"
CONTAINERS = "systemd/containers/"
SCRAPED = {"job": None, "instance": None}  # labels that Prometheus adds, with any value
FEEDS_MAX = 20


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def read_yaml(path):
    import yaml  # a package of the lint's, which who wants series() alone need not have
    try:
        return yaml.safe_load(read(path))
    except yaml.YAMLError as error:
        raise ValueError(str(error))


def there(path):
    return bool(glob.glob(os.path.join(ROOT, path)))


def series():
    """What /metrics prints: name -> (type, {label: values})."""
    found = {}
    for kind, name, labels in re.findall(r'METRIC\(\w+, (\w+), "(\w+)", "((?:[^"\\]|\\.)*)"', read("daemon/process/metrics_table.h")):
        values = found.setdefault("newsd_" + name, (kind.lower(), {}))[1]
        for label, value in re.findall(r'(\w+)=\\"([^"\\]*)\\"', labels):
            values.setdefault(label, set()).add(value)
    classes = re.findall(r'\[FETCH_ERROR_\w+\] =\s*\{\s*"([\w-]+)"', read("feeds/http/http_answer.c"))
    found["newsd_poll_errors_total"] = ("counter", {"class": set(classes) - {"none"}})
    for name, (kind, labels) in list(found.items()):
        if kind == "histogram":
            del found[name]
            found.update({name + "_bucket": ("counter", dict(labels, le=None)), name + "_sum": ("counter", labels),
                          name + "_count": ("counter", labels)})
    return found


def expression_problems(expression, known):
    """What a PromQL expression asks for and newsd does not have."""
    # What runs over time, and with it over counters only; delta() is for gauges.
    over_counters = r"\b(?:rate|irate|increase|resets)\($"
    named = list(re.finditer(r"\b(newsd_\w+)(\{[^}]*\})?", expression))
    labels = dict(SCRAPED)
    for match in named:
        name, matchers = match.group(1), match.group(2) or ""
        if name not in known:
            yield "no metric %s" % name
            continue
        kind, own = known[name]
        labels.update(own)
        if (kind == "counter") != bool(re.search(over_counters, expression[:match.start()])):
            yield "%s is a %s" % (name, kind)
        for label, operator, value in re.findall(r'(\w+)(=~|!~|!=|=)"([^"]*)"', matchers):
            if label not in own and label not in SCRAPED:
                yield "%s has no label %s" % (name, label)
            elif own.get(label) is not None:
                for one in value.split("|") if "~" in operator else [value]:
                    if one not in own[label]:
                        yield '%s has no %s="%s"' % (name, label, one)
    if not named and not re.search(r'\bup\{job="newsd"\}', expression):
        yield "no metric of newsd in it"
    for group in re.findall(r"\b(?:by|without|on|ignoring) \(([^)]*)\)", expression):
        for label in re.split(r"[, ]+", group):
            if label not in labels:
                yield "no label %s to group by" % label


def template_problems(text, expression, known):
    """The labels that a legend or an annotation shows."""
    labels = set(SCRAPED)
    for name in re.findall(r"\bnewsd_\w+", expression):
        labels.update(known.get(name, ("", {}))[1])
    for label in re.findall(r"\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}", text):
        if label not in labels:
            yield "no label %s to show" % label


def board_problems(known):
    board = json.loads(read(BOARD))
    numbers = [panel["id"] for panel in board["panels"]]
    if len(numbers) != len(set(numbers)):
        yield "two panels of one id"
    for panel in board["panels"]:
        for target in panel.get("targets", []):
            for problem in list(expression_problems(target["expr"], known)) + list(template_problems(target["legendFormat"], target["expr"], known)):
                yield "panel %s: %s" % (panel["title"], problem)
    for variable in board["templating"]["list"]:
        for name in re.findall(r"label_values\((\w+),", variable["query"]):
            if name not in known:
                yield "variable %s: no metric %s" % (variable["name"], name)


def rule_problems(known):
    for group in read_yaml(RULES)["groups"]:
        names = [rule["alert"] for rule in group["rules"]]
        if len(names) != len(set(names)):
            yield "two alerts of one name"
        for rule in group["rules"]:
            said = rule.get("annotations", {})
            for part in ("summary", "runbook"):
                if not said.get(part, "").strip().endswith("."):
                    yield "%s: the %s is no sentence" % (rule["alert"], part)
            for problem in list(expression_problems(rule["expr"], known)) + list(template_problems(" ".join(said.values()), rule["expr"], known)):
                yield "%s: %s" % (rule["alert"], problem)
    if shutil.which("promtool"):
        for arguments in (["check", "rules", RULES], ["test", "rules", "tests/rules_test.yaml"]):
            done = subprocess.run(["promtool"] + arguments, cwd=ROOT, capture_output=True, text=True)
            if done.returncode:
                yield "promtool: " + " ".join((done.stdout + done.stderr).split())


def image_problems():
    """The sources of each COPY, and each target of make."""
    text = re.sub(r"\\\n", " ", read(CONTAINERS + "Containerfile"))
    for line in re.findall(r"^COPY (.*)$", text, re.M):
        if "--from=" not in line:
            yield from ("COPY: no file %s" % name for name in line.split()[:-1] if not there(name))
    makefiles = read("Makefile") + read("systemd/install.mk")
    for target in re.findall(r"(?:^RUN|&&) make ([\w-]+)", text, re.M):
        if not re.search(r"^%s:" % re.escape(target), makefiles, re.M):
            yield "no target %s" % target
    if not re.search(r"^USER (?!root|0)\w+$", text, re.M):
        yield "the image runs as root"


def compose_problems():
    compose = read_yaml(CONTAINERS + "compose.yaml")
    for name, service in compose["services"].items():
        build = service.get("build")
        if build:
            context = re.sub(r"\$\{\w+:-(.*)\}", r"\1", build["context"])
            if not there(os.path.normpath(os.path.join(CONTAINERS, context, build["dockerfile"]))):
                yield "%s: no file %s" % (name, build["dockerfile"])
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith(".") and not there(os.path.normpath(os.path.join(CONTAINERS, source))):
                yield "%s: no file %s" % (name, source)
            if not source.startswith((".", "/")) and source not in compose["volumes"]:
                yield "%s: no volume %s" % (name, source)
        for other, how in service.get("depends_on", {}).items():
            if how["condition"] == "service_healthy" and "healthcheck" not in compose["services"].get(other, {}):
                yield "%s waits for the health of %s, which has no check" % (name, other)
    # newsd's own configuration names a listener that the broker has and shows to others.
    drop_in = configparser.ConfigParser()
    drop_in.read_string(read(CONTAINERS + "newsd.conf.d/compose.conf"))
    broker = drop_in["kafka"]["bootstrap.servers"]
    if "://%s," % broker not in compose["services"]["kafka"]["environment"]["KAFKA_ADVERTISED_LISTENERS"] + ",":
        yield "the broker is not at %s" % broker


def unit_problems():
    """What the container's unit and the service's have in common is the same in both."""
    def settings(path, section):
        part = re.search(r"^\[%s\]\n(.*?)(?=^\[|\Z)" % section, read(path), re.M | re.S).group(1)
        return dict(line.split("=", 1) for line in part.splitlines() if "=" in line and not line.startswith("#"))
    unit, service = settings(CONTAINERS + "newsd.container", "Service"), settings("systemd/newsd.service", "Service")
    for key in ("Restart", "RestartSec", "RestartPreventExitStatus", "WatchdogSec", "MemoryHigh", "MemoryMax"):
        if unit.get(key) != service.get(key):
            yield "%s=%s, newsd.service has %s" % (key, unit.get(key), service.get(key))
    told = settings(CONTAINERS + "newsd.container", "Container").get("Environment")
    if told != "WATCHDOG_USEC=%s000000" % unit.get("WatchdogSec"):
        yield "WatchdogSec=%s, but newsd is told %s" % (unit.get("WatchdogSec"), told)


def feed_problems():
    feeds = [outline for outline in xml.fromstring(read(FEEDS)).iter("outline") if outline.get("xmlUrl")]
    if not 1 <= len(feeds) <= FEEDS_MAX:
        yield "%d feeds" % len(feeds)
    for feed in feeds:
        yield from ("%s has no %s" % (feed.get("xmlUrl"), part) for part in ("text", "htmlUrl", "language") if not feed.get(part))
    for url in {feed.get("xmlUrl") for feed in feeds}:
        if sum(feed.get("xmlUrl") == url for feed in feeds) > 1:
            yield "%s stands twice" % url


def install_problems():
    """Each of these files is installed, but for the Containerfile, which builds the source tree that it lies in."""
    recipe = read("systemd/install.mk")
    files = [BOARD, RULES, FEEDS] + subprocess.run(["git", "-C", ROOT, "ls-files", CONTAINERS], capture_output=True, text=True).stdout.split()
    for path in files:
        if path not in recipe and not path.endswith("/Containerfile"):
            yield "%s is not installed" % path


def main():
    known = series()
    checks = {BOARD: lambda: board_problems(known), RULES: lambda: rule_problems(known), FEEDS: feed_problems,
              CONTAINERS + "Containerfile": image_problems, CONTAINERS + "compose.yaml": compose_problems,
              CONTAINERS + "newsd.container": unit_problems, "systemd/install.mk": install_problems}
    found = []
    for path, check in checks.items():
        try:
            found += ["%s: %s" % (path, problem) for problem in check()]
        except (ValueError, xml.ParseError, KeyError, configparser.Error) as error:
            found.append("%s: cannot be read: %s" % (path, " ".join(str(error).split())))
    if found:
        print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
