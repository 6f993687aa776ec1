#!/usr/bin/env python3
"""Reads an iCalendar file with a parser that is not ours, checks the line rules of RFC 5545 and prints what it found as JSON."""
import json
import re
import sys

from icalendar import Calendar

data = open(sys.argv[1], "rb").read()
assert data.endswith(b"\r\n"), "the last line has no CRLF"
for line in data[:-2].split(b"\r\n"):
    assert b"\n" not in line and b"\r" not in line, f"a bare line end in {line!r}"
    assert len(line) <= 75, f"{len(line)} octets in {line!r}"
    line.decode("utf-8")  # a fold must not cut a character



def texts(name):
    """The values of a text property, one an event: icalendar 4 takes an escaped backslash before an n for a line end."""
    values = re.findall(rf"^{name}:(.*)$", data.decode().replace("\r\n ", "").replace("\r\n", "\n"), re.M)
    return [re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value) for value in values]


calendar = Calendar.from_ical(data)
assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
events = []
for event, summary in zip(calendar.walk("VEVENT"), texts("SUMMARY"), strict=True):
    assert not event.errors, event.errors
    for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY"):
        assert name in event, f"{name} is missing"
    alarms = [alarm for alarm in event.walk("VALARM")]
    for alarm in alarms:
        assert alarm["ACTION"] == "DISPLAY" and alarm["DESCRIPTION"]
    events.append({
        "uid": str(event["UID"]),
        "stamp": event.decoded("DTSTAMP").isoformat(),
        "start": event.decoded("DTSTART").isoformat(),
        "summary": summary,
        "description": str(event["DESCRIPTION"]),
        "alarms": [int(alarm.decoded("TRIGGER").total_seconds()) for alarm in alarms],
    })
json.dump(events, sys.stdout)
