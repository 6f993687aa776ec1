"""A program on a pseudo terminal: what it paints, when, and what it costs."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

import pyte


class Terminal:
    """Starts a program on a terminal of its own and keeps every piece of its output with the time it came."""

    def __init__(self, command, columns, rows, environment=None):
        self.columns, self.rows = columns, rows
        self.pieces = []
        self.start = time.perf_counter()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(command[0], command, {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
                                             **(environment or {})})
        self.grid = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.grid)

    def read(self, seconds):
        """Takes in what comes within so many seconds; false when nothing did."""
        ready, _, _ = select.select([self.master], [], [], max(0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return False
        if not data:
            return False
        self.pieces.append((time.perf_counter(), data))
        return True

    def settle(self, quiet, longest=10.0):
        """Reads until nothing came for `quiet` seconds; the time of the last byte, and how many came."""
        first, deadline = len(self.pieces), time.perf_counter() + longest
        while time.perf_counter() < deadline and self.read(quiet):
            pass
        fresh = self.pieces[first:]
        return (fresh[-1][0] if fresh else None), sum(len(data) for _, data in fresh)

    def press(self, keys, quiet):
        """Types; seconds until the last byte of the answer (nil without one), and its length."""
        begin = time.perf_counter()
        os.write(self.master, keys)
        last, count = self.settle(quiet)
        return (last - begin if last else None), count

    def show(self):
        """The screen as lines, from all that was painted so far."""
        for _, data in self.pieces:
            self.stream.feed(data)
        self.pieces = []
        return self.grid.display

    def wait_for(self, wanted, seconds=10.0):
        """Waits until a text stands on the screen; the time its last piece came."""
        deadline = time.perf_counter() + seconds
        stamp = time.perf_counter()
        while True:
            if any(wanted in line for line in self.show()):
                return stamp
            if time.perf_counter() > deadline or not self.read(deadline - time.perf_counter()):
                raise SystemExit(f"{wanted!r} did not appear:\n" + "\n".join(self.grid.display))
            stamp = self.pieces[-1][0]

    def first_full(self, matches, longest=20.0):
        """Seconds from the start to the piece of output after which the screen is complete."""
        deadline = time.perf_counter() + longest
        while time.perf_counter() < deadline:
            if not self.read(0.5):
                continue
            moment, data = self.pieces.pop()
            self.stream.feed(data)
            if matches(self.grid.display):
                return moment - self.start
        raise SystemExit("the first screen was never complete:\n" + "\n".join(self.grid.display))

    def status(self, name):
        """A number of /proc/PID/status."""
        with open(f"/proc/{self.pid}/status") as file:
            for line in file:
                if line.startswith(name + ":"):
                    return int(line.split()[1])
        return 0

    def processor_seconds(self):
        """User and system time so far."""
        with open(f"/proc/{self.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self):
        """Ends the program by SIGTERM, by SIGKILL when it does not obey within five seconds."""
        os.kill(self.pid, signal.SIGTERM)
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            self.read(0.01)
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                os.close(self.master)
                return
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.master)
