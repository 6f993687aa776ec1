#!/usr/bin/env python3
"""Reads a metrics file with Prometheus' own Python parser, checks the conventions that promtool checks and prints it as JSON."""
import json
import re
import sys

from prometheus_client.parser import text_string_to_metric_families

text = open(sys.argv[1], encoding="utf-8", newline="").read()
assert text.endswith("\n") and "\r" not in text
helped = re.findall(r"^# HELP (\S+) \S", text, re.M)
typed = re.findall(r"^# TYPE (\S+) (counter|gauge|histogram)$", text, re.M)
assert len(set(helped)) == len(helped), "a family is described twice"
assert helped == [name for name, _ in typed], "HELP and TYPE go together"
types = dict(typed)

families, seen = {}, set()
for family in text_string_to_metric_families(text):
    for sample in family.samples:
        key = (sample.name, tuple(sorted(sample.labels.items())))
        assert key not in seen, f"{key} is there twice"
        seen.add(key)
        assert sample.timestamp is None, "the textfile collector takes no times"
    families[family.name] = {
        "type": family.type,
        "samples": [[sample.name, sample.labels, repr(sample.value)] for sample in family.samples],
    }
for name, kind in types.items():
    assert re.fullmatch(r"[a-z][a-z0-9_]*", name), name
    assert (kind == "counter") == name.endswith("_total"), f"{name} is a {kind}"
    assert not re.search(r"_(milliseconds|ms|minutes|hours|kilobytes|kb|mb|percent)(_|$)", name), f"{name}: base units"
    assert not re.search(r"(gauge|counter|histogram)", name), f"{name} repeats its type"
for line in text.splitlines():
    if not line.startswith("#"):
        name = re.match(r"[a-z0-9_]+", line).group()
        assert any(name in (n, n + "_bucket", n + "_sum", n + "_count") for n in types), f"{name} has no TYPE"
json.dump(families, sys.stdout)
