"""Made-up traffic of many clients: the same events for the same number, quick enough for ten million."""

import bisect
import json
import os
import random
import socket
import subprocess
import threading
import time

FAMILIES = ["svc-billing", "svc-orders", "svc-search", "iot-gw", "ci-runner", "partner", "batch"]
ISSUERS = ["corp-int-1", "corp-int-2", "iot-ca-3", "ci-ca", "acme-ca"]
SERVICES = ["checkout", "billing", "telemetry", "search", "gateway"]
REASONS = [
    ("callback_returned_false", None),
    ("socket_not_authorized", "CERT_HAS_EXPIRED"),
    ("socket_not_authorized", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
    ("socket_not_authorized", "CERT_REVOKED"),
    ("header_missing_or_malformed", None),
]


class Client:
    """One certificate with its addresses and paths; its events are two halves around the time."""

    def __init__(self, number, start, random_source):
        choose = random_source.choice
        self.name = f"{choose(FAMILIES)}-{number}"
        lifetime = choose([30, 47, 90, 365])
        begin = start - random_source.randrange(lifetime) * 86400
        digits = f"{random_source.getrandbits(256):064X}"
        self.certificate = json.dumps({
            "subject": {"CN": self.name, "O": "Sample"},
            "issuer": {"CN": choose(ISSUERS), "O": "Sample"},
            "subjectaltname": f"DNS:{self.name}.prod.example",
            "serialNumber": digits[:16],
            "fingerprint256": ":".join(digits[i:i + 2] for i in range(0, 64, 2)),
            "valid_from": node_date(begin),
            "valid_to": node_date(begin + lifetime * 86400),
        }, separators=(",", ":"))
        self.service = choose(SERVICES)
        self.reason = choose(REASONS)
        self.requests = [
            (f"/v1/{self.name}/{random_source.randrange(500)}",
             f"10.{random_source.randrange(16)}.{random_source.randrange(256)}.{random_source.randrange(1, 255)}")
            for _ in range(4)
        ]
        self.accepted = [self.line(*request, None) for request in self.requests]
        self.rejected = [self.line(*request, self.reason) for request in self.requests]

    def line(self, path, address, reason):
        """The bytes before and after the milliseconds of an event."""
        tail = {
            "service": self.service,
            "source": "socket",
            "req": {"method": "GET", "url": path, "ip": address, "port": 40000},
            "tls": {"authorized": reason is None or reason[1] is None, "protocol": "TLSv1.3"},
        }
        if reason:
            tail["reason"] = reason[0]
            if reason[1]:
                tail["tls"]["authorizationError"] = reason[1]
        text = json.dumps(tail, separators=(",", ":"))
        outcome = "rejected" if reason else "authenticated"
        return (f'{{"event":"{outcome}","time":'.encode(),
                f',"cert":{self.certificate},{text[1:]}\n'.encode())


def node_date(seconds):
    return time.strftime("%b %e %H:%M:%S %Y GMT", time.gmtime(seconds))


class Traffic:
    """Clients drawn by Zipf's law, 2 % of their events rejected, times rising evenly over a day until now."""

    def __init__(self, events, certificates=20_000, seed=20261123):
        self.events = events
        self.random = random.Random(seed)
        self.start = int(time.time()) - 86400
        self.clients = [Client(number, self.start, self.random) for number in range(min(certificates, events))]
        total, self.weights = 0.0, []
        for rank in range(len(self.clients)):
            total += 1 / (rank + 1)
            self.weights.append(total)

    def batches(self, size=5000):
        """The events as bytes of many lines."""
        start, step = self.start * 1000, 86_400_000 / max(1, self.events)
        pick, weights, clients = self.random.random, self.weights, self.clients
        top, find = weights[-1], bisect.bisect_left
        for first in range(0, self.events, size):
            parts = []
            for index in range(first, min(first + size, self.events)):
                client = clients[find(weights, pick() * top)]
                chance = pick()
                halves = (client.rejected if chance < 0.02 else client.accepted)[int(chance * 997) & 3]
                parts.append(b"%b%d%b" % (halves[0], start + int(index * step), halves[1]))
            yield b"".join(parts)

    def access_log(self, path):
        """The same requests as a web server logs them, for programs that read only such logs."""
        step = 86400 / max(1, self.events)
        with open(path, "w", buffering=1 << 20) as log:
            for index in range(self.events):
                client = self.clients[bisect.bisect_left(self.weights, self.random.random() * self.weights[-1])]
                place, address = client.requests[index & 3]
                status = 495 if self.random.random() < 0.02 else 200
                moment = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(self.start + index * step))
                log.write(f'{address} - {client.name} [{moment}] "GET {place} HTTP/1.1" {status} 512 "-" "sample/1"\n')


class Collector:
    """`mtlstop collect` on a database and a socket of its own."""

    def __init__(self, program, folder):
        self.database = os.path.join(folder, "audit.db")
        self.socket = os.path.join(folder, "in.sock")
        self.log = open(os.path.join(folder, "collect.log"), "wb")
        self.process = subprocess.Popen(
            [program, "collect", "--db", self.database, "--socket", self.socket], stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + 60
        while True:
            try:
                self.connect().close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit("the collector does not listen: see " + self.log.name)
                time.sleep(0.02)

    def connect(self):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(self.socket)
        return connection

    def stop(self):
        self.process.terminate()
        if self.process.wait(timeout=120) != 0:
            raise SystemExit("the collector did not end well: see " + self.log.name)
        self.log.close()


def fill(program, folder, events):
    """A folder with a database of so many events; made once, and again when it is older than six hours."""
    stamp = os.path.join(folder, "complete")
    if os.path.exists(stamp) and time.time() - os.path.getmtime(stamp) < 6 * 3600:
        return os.path.join(folder, "audit.db")
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(folder):
        os.unlink(os.path.join(folder, name))
    begin = time.monotonic()
    collector = Collector(program, folder)
    connection = collector.connect()
    drain = threading.Thread(target=lambda: [None for _ in iter(lambda: connection.recv(65536), b"")], daemon=True)
    drain.start()
    for batch in Traffic(events).batches():
        connection.sendall(batch)
    connection.shutdown(socket.SHUT_WR)
    drain.join(timeout=120)
    collector.stop()
    with open(stamp, "w") as done:
        done.write(f"{events} events in {time.monotonic() - begin:.1f} s\n")
    print(f"… {events:,} events stored in {time.monotonic() - begin:.1f} s", flush=True)
    return os.path.join(folder, "audit.db")
