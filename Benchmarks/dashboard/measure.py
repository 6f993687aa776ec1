"""Measures the dashboard on generated databases and prints each figure beside its goal.

usage: measure.py PROGRAM [--sizes 10000,1000000] [--peers] [--strict] [--folder FOLDER]
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time

from screen import Terminal
from traffic import Collector, Traffic, fill

misses = []


def row(what, figure, goal="", is_met=True):
    mark = "" if is_met else "  MISSED"
    if not is_met:
        misses.append(what)
    print(f"  {what:<58} {figure:>22}   {goal}{mark}", flush=True)


def part(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def times(what, seconds, goals):
    """A row of shares of milliseconds, each with its goal."""
    figures = [(share, part(seconds, share) * 1000, goal) for share, goal in goals]
    row(what, " / ".join(f"{figure:.1f}" for _, figure, _ in figures) + " ms",
        " / ".join(f"p{share * 100:.0f} <= {goal}" for share, _, goal in figures) + f"   of {len(seconds)}",
        all(figure <= goal for _, figure, goal in figures))


def watch(program, database, columns=120, rows=36):
    return Terminal([program, "watch", "--read-only", "--db", database,
                     "--socket", os.path.join(os.path.dirname(database), "none.sock")], columns, rows)


def is_full(lines):
    """Rows down to the position line, the numbers of the second line, and the keys."""
    middle = [line for line in lines[4:-3] if line.strip()]
    return "rej" in lines[1] and "events" in lines[2] and "Enter" in lines[-1] and len(middle) > len(lines) // 2


def starts(program, database, goal):
    for columns, rows in [(80, 24), (120, 36)]:
        seconds = []
        for _ in range(25):
            terminal = watch(program, database, columns, rows)
            seconds.append(terminal.first_full(is_full))
            terminal.end()
        times(f"exec -> first full screen, {columns}x{rows}", seconds, [(0.5, goal), (0.95, goal)])


def keys(terminal, what, choices, count, quiet, goals, byte_goal=None):
    seconds, sizes = [], []
    for index in range(count):
        last, size = terminal.press(choices(index), quiet)
        if last is not None:
            seconds.append(last)
            sizes.append(size)
    if not seconds:
        row(what, "nothing was painted", is_met=False)
        return
    times(what, seconds, goals)
    if byte_goal:
        size = statistics.median(sizes)
        row("  bytes, median", f"{size:.0f}", f"<= {byte_goal}", size <= byte_goal)


def tour(program, database, events):
    large = events > 1_000_000
    terminal = watch(program, database)
    terminal.settle(0.5)
    source = random.Random(7)
    keys(terminal, "key -> last byte, cursor", lambda i: b"j" if (i // 15) % 2 == 0 else b"k", 500, 0.02,
         [(0.5, 2), (0.99, 10)], byte_goal=300)
    keys(terminal, "page, first, last -> new rows",
         lambda i: source.choice([b"\x06", b"\x02", b"g", b"G"]), 100, 0.12, [(0.5, 15), (0.99, 20 if large else 15)])
    views = [b"1", b"2", b"3", b"4", b"5", b"6"]
    terminal.press(b"1", 0.5)
    for view in views[1:] + views[:1]:
        begin = [terminal.press(view, 0.15)[0] for _ in range(1)]
        others = []
        for _ in range(9):
            terminal.press(b"1" if view != b"1" else b"2", 0.15)
            others.append(terminal.press(view, 0.15)[0])
        seconds = [value for value in begin + others if value is not None]
        names = {b"1": "Live", b"2": "Rejections", b"3": "Certs", b"4": "Expiring", b"5": "Sources", b"6": "Changes"}
        times(f"switch to {names[view]}", seconds, [(0.5, 60 if large else 30), (0.99, 60 if large else 30)])
    peak = terminal.status("VmHWM") / 1024
    goal = 30 if large else 25
    row("VmHWM after the tour", f"{peak:.1f} MiB", f"<= {goal}", peak <= goal)
    terminal.press(b"1", 0.5)
    before, terminal.pieces = terminal.processor_seconds(), []
    painted = idle(terminal, 30)
    used = (terminal.processor_seconds() - before) / 30 * 100
    row("idle for 30 s: processor", f"{used:.2f} %", "<= 0.10", used <= 0.101)
    row("idle for 30 s: output", f"{painted} bytes", "0, one clock", painted <= 400)
    terminal.pieces = []
    seconds, size = terminal.press(b"\x0c", 0.1)
    row("whole frame painted again (^L), 120x36", f"{(seconds or 0) * 1000:.1f} ms, {size} bytes", "<= 4000 bytes",
        seconds is not None and size <= 4000)
    terminal.end()


def idle(terminal, seconds):
    deadline, count = time.perf_counter() + seconds, 0
    while time.perf_counter() < deadline:
        before = len(terminal.pieces)
        terminal.read(deadline - time.perf_counter())
        count += sum(len(data) for _, data in terminal.pieces[before:])
    return count


def visible(program):
    """Events one by one through a collector: from the acknowledgement, which follows the commit, to the screen."""
    folder = tempfile.mkdtemp(prefix="mtlstop-bench")
    collector = Collector(program, folder)
    connection = collector.connect()
    connection.sendall(b'{"mtlstop":1,"producer":"11111111-2222-3333-4444-555555555555","app":"bench","ack":true}\n')
    connection.recv(4096)
    terminal = watch(program, collector.database)
    terminal.settle(0.5)
    source, seconds = random.Random(3), []
    for number in range(1, 61):
        connection.sendall(b'{"event":"authenticated","seq":%d,"cn":"visible-%04d","path":"/"}\n' % (number, number))
        while b'"ack":%d' % number not in connection.recv(4096):
            pass
        committed = time.perf_counter()
        seconds.append(max(0, terminal.wait_for("visible-%04d" % number) - committed))
        terminal.settle(0.05, longest=0.15 + source.random() / 5)
    times("event committed -> visible", seconds, [(0.5, 200), (0.95, 200)])
    terminal.end()
    connection.close()
    collector.stop()
    shutil.rmtree(folder)


def first_bytes_then_text(command, wanted, limit):
    """Seconds until another program shows a text, and its resident memory then."""
    terminal = Terminal(command, 120, 36)
    terminal.wait_for(wanted, limit)
    seconds = time.perf_counter() - terminal.start
    memory = terminal.status("VmRSS") / 1024
    terminal.end()
    return seconds, memory


def peers(program, folder, events):
    print(f"\nbeside others, {events:,} events")
    database = fill(program, os.path.join(folder, str(events)), events)
    log = os.path.join(folder, f"access-{events}.log")
    if not os.path.exists(log):
        Traffic(events).access_log(log)
    terminal = watch(program, database)
    own = terminal.first_full(is_full)
    memory = terminal.status("VmRSS") / 1024
    terminal.end()
    row("mtlstop", f"{own * 1000:.0f} ms, {memory:.0f} MiB")
    home = tempfile.mkdtemp(prefix="mtlstop-bench")
    os.environ["HOME"] = home
    commands = [
        ("lnav", ["lnav", log], "10."),
        ("goaccess", ["goaccess", log, "--log-format=COMBINED", "--no-global-config"], f"{events:,}".replace(",", "")),
    ]
    for name, command, wanted in commands:
        if shutil.which(name) is None:
            row(name, "is not installed")
            continue
        seconds, resident = first_bytes_then_text(command, wanted, 240)
        row(name, f"{seconds * 1000:.0f} ms, {resident:.0f} MiB",
            f"{seconds / own:.0f} times the time, {resident / memory:.1f} times the memory")
    shutil.rmtree(home)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--sizes", default="10000,1000000")
    parser.add_argument("--peers", action="store_true", help="also lnav and goaccess on the same requests")
    parser.add_argument("--strict", action="store_true", help="exit 1 when a goal is missed")
    parser.add_argument("--folder", default=os.path.join(tempfile.gettempdir(), "mtlstop-dashboard-bench"))
    words = parser.parse_args()
    for events in (int(size) for size in words.sizes.split(",")):
        database = fill(words.program, os.path.join(words.folder, str(events)), events)
        print(f"\n{events:,} events, {os.path.getsize(database) >> 20} MiB")
        starts(words.program, database, 50)
        tour(words.program, database, events)
    print()
    visible(words.program)
    if words.peers:
        peers(words.program, words.folder, 1_000_000)
    if misses:
        print("\nmissed: " + "; ".join(misses))
        raise SystemExit(1 if words.strict else 0)


if __name__ == "__main__":
    main()
