#!/usr/bin/python3
"""Validates records against the project's schemas.

As a module: validate(record) returns a list of problems; a record is {"topic", "key", "headers": {}, "value": {}}.
As a program: reads records as JSON lines (newsd tail --json, newsd demo --json, kcat -J, or bare article values) and prints each
problem; exit status 1 when there was any, or no record at all.

With NEWSD_NINJS_SCHEMA naming a file with the published ninjs 3.1 schema, articles are held against that too.
"""
import hashlib
import json
import os
import re
import sys

import jsonschema

SCHEMAS = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "processors", "record", "schemas")
BASE = "https://newsd.org/schemas/"
REQUIRED_HEADERS = ("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_dataschema", "content-type")
TYPES = {"org.newsd.article.published": "article-1", "org.newsd.article.revised": "article-1",
         "org.newsd.article.withdrawn": "article-1", "org.newsd.feed.status": "feed-status-1",
         "org.newsd.item.rejected": "reject-1", "org.newsd.story": "story-1"}
TYPES.update(("org.newsd.%s.%s" % (kind, change), kind + "-1") for kind in ("statement", "event") for change in ("published", "revised"))
# A derived record that is taken back: a key without a value.
TOMBSTONES = ("org.newsd.statement.withdrawn", "org.newsd.event.withdrawn")
TOPICS = {"articles": "article-1", "events": "event-1", "statements": "statement-1", "stories": "story-1",
          "feeds": "feed-status-1", "rejects": "reject-1"}
DATE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
URI = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:[!-~]+$")
STRUCTURED = "application/cloudevents+json"
_validators = {}


def make_validator(schema):
    checker = jsonschema.FormatChecker(formats=())
    checker.checks("date-time")(lambda value: not isinstance(value, str) or bool(DATE.match(value)))
    checker.checks("uri")(lambda value: not isinstance(value, str) or bool(URI.match(value)))
    # The published schema refers to GeoJSON's own for coordinates; nothing is fetched here.
    store = {"https://geojson.org/schema/GeoJSON.json": {"type": "object"}}
    resolver = jsonschema.RefResolver(schema.get("$id", ""), schema, store=store)
    return jsonschema.Draft202012Validator(schema, format_checker=checker, resolver=resolver)


def validator(name):
    if name not in _validators:
        with open(os.path.join(SCHEMAS, name + ".json")) as file:
            _validators[name] = make_validator(json.load(file))
    return _validators[name]


def published():
    """The validator of the published standard, or None."""
    path = os.environ.get("NEWSD_NINJS_SCHEMA")
    if path and path not in _validators:
        with open(path) as file:
            _validators[path] = make_validator(json.load(file))
    return _validators.get(path)


def errors(name, check, value):
    return ["%s%s: %s" % (name, "/".join(map(str, e.absolute_path)), e.message[:300]) for e in check.iter_errors(value)]


def check_text(value):
    """What no schema says: spans lie inside the text in code points, sentences do not overlap, counts and hash are the text's."""
    body = value["bodies"][0] if value.get("bodies") else {}
    text, extra, problems = body.get("value", ""), value.get("newsd", {}), []
    spans = list(extra.get("sentences", [])) + [b["span"] for b in extra.get("blocks", [])]
    if "dateline" in extra:
        spans += [extra["dateline"][key] for key in ("span", "place_span") if key in extra["dateline"]]
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            problems.append("span [%d, %d) is outside the text of %d characters" % (start, end, len(text)))
    sentences = extra.get("sentences", [])
    for before, after in zip(sentences, sentences[1:]):
        if before[1] > after[0]:
            problems.append("sentences overlap: %s %s" % (before, after))
    for what, said, true in (("charCount", body.get("charCount"), len(text)),
                             ("wordCount", body.get("wordCount"), len(re.findall(r"[^\x00-\x20]+", text))),
                             ("text_sha256", extra.get("text_sha256"),
                              hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())):
        if said is not None and said != true:
            problems.append("%s is %s, the text's is %s" % (what, said, true))
    if extra.get("revision") is not None and value.get("version") != str(extra["revision"]):
        problems.append("version %r is not revision %r" % (value.get("version"), extra["revision"]))
    return problems


def validate_value(name, value):
    problems = errors("", validator(name), value)
    if name == "article-1" and isinstance(value, dict) and not problems:
        problems += check_text(value)
        if published():
            problems += errors("ninjs: ", published(), {k: v for k, v in value.items() if k != "newsd"})
    return problems


def unfold(record):
    """A record in structured mode as one in binary mode; others as they are."""
    headers = record.get("headers", {})
    if not headers.get("content-type", "").startswith(STRUCTURED):
        return record, []
    envelope = dict(record["value"])
    value = envelope.pop("data", None)
    made = {"content-type": envelope.pop("datacontenttype", "")}
    made.update(("ce_" + k, v) for k, v in envelope.items())
    problems = ["%s differs between header and envelope" % k for k in made if k.startswith("ce_") and headers.get(k, made[k]) != made[k]]
    return dict(record, headers=made, value=value), problems


def validate(record):
    record, problems = unfold(record)
    headers, value = record.get("headers", {}), record.get("value")
    problems += ["header %s is missing" % name for name in REQUIRED_HEADERS if not headers.get(name)]
    if headers.get("ce_type") in TOMBSTONES:
        return problems + (["a tombstone has a value"] if value is not None else [])
    name = TYPES.get(headers.get("ce_type"))
    if name is None:
        return problems + ["unknown ce_type %r" % headers.get("ce_type")]
    if headers.get("ce_specversion") != "1.0":
        problems.append("ce_specversion is %r" % headers.get("ce_specversion"))
    if headers.get("content-type") != "application/json":
        problems.append("content-type is %r" % headers.get("content-type"))
    if headers.get("ce_dataschema") != BASE + name + ".json":
        problems.append("ce_dataschema is %r" % headers.get("ce_dataschema"))
    for time in ("ce_time", "ce_recordedtime"):
        if time in headers and not DATE.match(headers[time]):
            problems.append("%s is %r" % (time, headers[time]))
    if headers.get("ce_partitionkey") != record.get("key"):
        problems.append("ce_partitionkey is not the key")
    expected = TOPICS.get((record.get("topic") or "").rpartition(".")[2])
    if expected and expected != name:
        problems.append("a record of %s on topic %s" % (name, record["topic"]))
    if name == "article-1" and isinstance(value, dict) and value.get("newsd", {}).get("id") != record.get("key"):
        problems.append("the key is not the article's id")
    if name == "article-1" and isinstance(value, dict) and \
            (value.get("pubStatus") == "canceled") != headers["ce_type"].endswith("withdrawn"):
        problems.append("%s with pubStatus %r" % (headers["ce_type"], value.get("pubStatus")))
    return problems + validate_value(name, value)


def from_line(line):
    """A record of any of the forms in which tools print them; None for a bare article value."""
    data = json.loads(line)
    if "payload" in data and "tstype" in data:  # kcat -J
        names = data.get("headers") or []
        payload = data["payload"]
        return {"topic": data["topic"], "key": data.get("key"), "headers": dict(zip(names[::2], names[1::2])),
                "value": json.loads(payload) if isinstance(payload, str) and payload else payload}, None
    return (data, None) if "headers" in data else (None, data)


def main():
    count = bad = 0
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            record, value = from_line(line)
            problems = validate(record) if record else validate_value("article-1", value)
        except ValueError as error:
            problems = ["no JSON: %s" % error]
        count += 1
        bad += bool(problems)
        for problem in problems:
            print("line %d: %s" % (number, problem))
    print("%d records, %d invalid" % (count, bad))
    return 1 if bad or not count else 0


if __name__ == "__main__":
    sys.exit(main())
