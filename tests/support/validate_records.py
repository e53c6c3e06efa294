#!/usr/bin/python3
"""Validates records against the project's schemas.

As a module: validate(record) returns a list of problems; a record is {"topic", "key", "headers": {}, "value": {}}.
As a program: reads records as JSON lines (newsd tail --json, newsd demo --json, or bare article values) and prints each problem;
exit status 1 when there was any.
"""
import json
import os
import re
import sys

import jsonschema

SCHEMAS = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "processors", "record", "schemas")
REQUIRED_HEADERS = ("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_dataschema", "content-type")
TYPES = {"org.newsd.article.published": "article-1", "org.newsd.article.revised": "article-1",
         "org.newsd.article.withdrawn": "article-1", "org.newsd.feed.status": "feed-status-1",
         "org.newsd.item.rejected": "reject-1"}
DATE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")
_validators = {}


def validator(name):
    if name not in _validators:
        with open(os.path.join(SCHEMAS, name + ".json")) as file:
            schema = json.load(file)
        checker = jsonschema.FormatChecker(formats=())
        checker.checks("date-time")(lambda value: not isinstance(value, str) or bool(DATE.match(value)))
        checker.checks("uri")(lambda value: not isinstance(value, str) or bool(re.match(r"^[A-Za-z][A-Za-z0-9+.-]*:[!-~]+$", value)))
        _validators[name] = jsonschema.Draft202012Validator(schema, format_checker=checker)
    return _validators[name]


def check_spans(value):
    """Every span must lie inside the text, start before it ends, and sentences must not overlap."""
    text = value["bodies"][0]["value"] if value.get("bodies") else ""
    extra, problems = value.get("newsd", {}), []
    spans = list(extra.get("sentences", [])) + [b["span"] for b in extra.get("blocks", [])]
    if "dateline" in extra:
        spans += [extra["dateline"]["span"], extra["dateline"]["place_span"]]
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            problems.append("span [%d, %d) is outside the text of %d characters" % (start, end, len(text)))
    sentences = extra.get("sentences", [])
    for before, after in zip(sentences, sentences[1:]):
        if before[1] > after[0]:
            problems.append("sentences overlap: %s %s" % (before, after))
    return problems


def validate_value(name, value):
    problems = ["%s: %s" % ("/".join(map(str, e.absolute_path)), e.message[:300]) for e in validator(name).iter_errors(value)]
    return problems + (check_spans(value) if name == "article-1" else [])


def validate(record):
    headers, value, problems = record.get("headers", {}), record.get("value"), []
    problems += ["header %s is missing" % name for name in REQUIRED_HEADERS if not headers.get(name)]
    name = TYPES.get(headers.get("ce_type"))
    if name is None:
        return problems + ["unknown ce_type %r" % headers.get("ce_type")]
    if headers.get("ce_dataschema") != "https://newsd.org/schemas/%s.json" % name:
        problems.append("ce_dataschema is %r" % headers.get("ce_dataschema"))
    for time in ("ce_time", "ce_recordedtime"):
        if time in headers and not DATE.match(headers[time]):
            problems.append("%s is %r" % (time, headers[time]))
    if headers.get("ce_partitionkey") != record.get("key"):
        problems.append("ce_partitionkey is not the key")
    return problems + validate_value(name, value)


def main():
    count = bad = 0
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        data = json.loads(line)
        problems = validate(data) if "headers" in data else validate_value("article-1", data)
        count += 1
        bad += bool(problems)
        for problem in problems:
            print("line %d: %s" % (number, problem))
    print("%d records, %d invalid" % (count, bad))
    return 1 if bad or not count else 0


if __name__ == "__main__":
    sys.exit(main())
