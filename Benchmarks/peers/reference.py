#!/usr/bin/env python3
"""A plain collector in Python, for comparison: the same protocol, the same promises, the standard library's JSON and SQLite.

usage: reference.py SOCKET DATABASE. One thread; commits at 10,000 events, after 25 ms or when nothing waits, with
synchronous=FULL, and acknowledges after the commit.
"""
import json, os, selectors, socket, sqlite3, sys, time

BATCH, PATIENCE = 10_000, 0.025


def open_database(path):
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript("""
        PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;
        CREATE TABLE str(id INTEGER PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE producer(uuid TEXT PRIMARY KEY, last INTEGER NOT NULL);
        CREATE TABLE event(id INTEGER PRIMARY KEY, ts INTEGER, outcome INTEGER, cert INTEGER, service INTEGER,
            path INTEGER, ip INTEGER, reason INTEGER);
        """)
    return db


class Collector:
    def __init__(self, db):
        self.db, self.rows, self.names, self.new_names = db, [], {}, []
        self.producers, self.owing, self.began = {}, set(), 0.0

    def name(self, value):
        if value is None:
            return None
        number = self.names.get(value)
        if number is None:
            number = self.names[value] = len(self.names) + 1
            self.new_names.append((number, value))
        return number

    def take(self, client, line):
        event = json.loads(line)
        if "mtlstop" in event:
            client.producer = event["producer"]
            self.producers.setdefault(client.producer, 0)
            client.socket.sendall(b'{"hello":1,"last":0}\n')
            return
        cert, request = event.get("cert") or {}, event.get("req") or {}
        if not self.rows:
            self.began = time.monotonic()
        self.rows.append((
            event.get("time"), 0 if event["event"] == "authenticated" else 1, self.name(cert.get("fingerprint256")),
            self.name(event.get("service")), self.name(request.get("url")), self.name(request.get("ip")),
            self.name(event.get("reason")),
        ))
        client.last = event["seq"]
        self.producers[client.producer] = client.last
        self.owing.add(client)
        if len(self.rows) >= BATCH or time.monotonic() - self.began >= PATIENCE:
            self.commit()

    def commit(self):
        if not self.rows:
            return
        db = self.db
        db.execute("BEGIN")
        db.executemany("INSERT INTO str VALUES(?,?)", self.new_names)
        db.executemany("INSERT INTO event(ts,outcome,cert,service,path,ip,reason) VALUES(?,?,?,?,?,?,?)", self.rows)
        db.executemany("INSERT INTO producer VALUES(?,?) ON CONFLICT DO UPDATE SET last=excluded.last",
                       self.producers.items())
        db.execute("COMMIT")
        self.rows, self.new_names = [], []
        for client in self.owing:
            client.socket.sendall(b'{"ack":%d}\n' % client.last)
        self.owing = set()


class Client:
    def __init__(self, connection):
        self.socket, self.rest, self.producer, self.last = connection, b"", None, 0


def main(path, database):
    collector, selector = Collector(open_database(database)), selectors.DefaultSelector()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    listener.listen(64)
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fileobj is listener:
                connection = listener.accept()[0]
                selector.register(connection, selectors.EVENT_READ, Client(connection))
                continue
            client, chunk = key.data, key.fileobj.recv(1 << 18)
            if not chunk:
                selector.unregister(key.fileobj)
                continue
            lines = (client.rest + chunk).split(b"\n")
            client.rest = lines.pop()
            for line in lines:
                collector.take(client, line)
        if not selector.select(0):
            collector.commit()


main(*sys.argv[1:])
