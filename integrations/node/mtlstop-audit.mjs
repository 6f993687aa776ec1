// Reports client certificate authentication decisions to mtlstop's intake socket, acknowledged.
//
//   import { auditHooks } from './mtlstop-audit.mjs';
//   const { onAuthenticated, onRejected, close } = auditHooks('/run/mtlstop/ingest.sock', { service: 'billing' });
//   app.use(clientCertificateAuth(checkAuth, { onAuthenticated, onRejected }));
//
// A hook never throws, never waits and never keeps the process alive. Events are kept until the collector has them on
// disk and are sent again after a lost connection; when the queue is full the newest are dropped, counted and told.
// No dependencies; Node 18 or newer.

import { randomUUID } from 'node:crypto';
import { createConnection } from 'node:net';

const LONGEST_LINE = 262_143 - 32;
const LONGEST_TEXT = 8192;
const LARGEST_DER = 65_536;
const MOST_ISSUERS = 10;
const BATCH_BYTES = 65_536;
const SHORTEST_WAIT = 50;
const LONGEST_WAIT = 5_000;
const GREETING_TIMEOUT = 10_000;

/** Hooks for `clientCertificateAuth`, plus `flush`, `close` and `statistics`.
 *
 * @param {string} socketPath The collector's intake socket.
 * @param {object} [options]
 * @param {string} [options.app] Name and version of the application, as `checkout/1.4.2`.
 * @param {string} [options.service] The application's name in the events.
 * @param {string} [options.source] How certificates are obtained; by default `socket` when the TLS socket has one.
 * @param {string} [options.producer] A UUID; by default a new one. No two running processes may share one.
 * @param {number} [options.capacity] Events that wait at most, 8192.
 * @param {number} [options.byteCapacity] Bytes that wait at most, 64 MiB.
 */
export function auditHooks(socketPath, options = {}) {
  const reporter = new Reporter(socketPath, options);
  const report = (outcome, cert, req, reason) => {
    try {
      reporter.take(eventOf(outcome, cert, req, reason, options));
    } catch {
      // Whatever a request may hold: a hook must not disturb it. The loss is counted and told.
      reporter.drop();
    }
  };
  return {
    onAuthenticated: (cert, req) => report('authenticated', cert, req),
    onRejected: (cert, req, reason) => report('rejected', cert, req, reason),
    /** Resolves to true when everything taken so far is acknowledged, to false after `milliseconds`. */
    flush: (milliseconds = 5_000) => reporter.flush(milliseconds),
    /** Flushes, says goodbye and ends; resolves like `flush`. */
    close: (milliseconds = 5_000) => reporter.close(milliseconds),
    /** How many events are queued, acknowledged and dropped. */
    statistics: () => reporter.statistics(),
  };
}

// ---- Events ----------------------------------------------------------------------------------------------------

function eventOf(outcome, cert, req, reason, options) {
  const socket = req?.socket ?? req?.connection;
  const peer = attempt(() => socket?.getPeerCertificate?.(true));
  const event = {
    event: outcome,
    time: new Date().toISOString(),
    service: text(options.service),
    source: text(options.source ?? sourceOf(cert, peer, socket, reason)),
    reason: text(reason),
    cert: certificateOf(cert, peer),
    req: {
      method: text(req?.method),
      url: text(req?.originalUrl ?? req?.url),
      ip: addressOf(attempt(() => req?.ip) ?? socket?.remoteAddress),
      port: Number.isInteger(socket?.remotePort) ? socket.remotePort : undefined,
      host: text(req?.headers?.host),
      userAgent: text(req?.headers?.['user-agent']),
    },
    tls: tlsOf(socket),
  };
  return shortened(event);
}

/** What the certificate says: its bytes and its issuers' when there are any, else what the object holds. */
function certificateOf(cert, peer) {
  const whole = wholeCertificate(cert, peer);
  if (!whole || Object.keys(whole).length === 0) return undefined;
  if (whole.raw) return chainOf(whole, new Set(), 0);
  return {
    subject: namesOf(whole.subject),
    issuer: namesOf(whole.issuer),
    subjectaltname: text(whole.subjectaltname),
    valid_from: text(whole.valid_from),
    valid_to: text(whole.valid_to),
    fingerprint: text(whole.fingerprint),
    fingerprint256: text(whole.fingerprint256),
    serialNumber: text(whole.serialNumber),
  };
}

function wholeCertificate(cert, peer) {
  if (!cert || Object.keys(cert).length === 0) return peer;
  // Without `includeChain` the callback's object has no issuers, but the socket's has.
  const isPeer = cert.raw && !cert.issuerCertificate && peer?.raw?.equals(cert.raw);
  return isPeer ? peer : cert;
}

/** How the certificate was obtained, as far as that can be told from here. */
function sourceOf(cert, peer, socket, reason) {
  if (!socket?.encrypted || /^(header|verification)_/.test(reason ?? '')) return undefined;
  return !cert?.raw || peer?.raw?.equals(cert.raw) ? 'socket' : undefined;
}

function chainOf(cert, seen, depth) {
  if (!cert?.raw || cert.raw.length > LARGEST_DER || depth > MOST_ISSUERS || seen.has(cert.fingerprint256)) {
    return undefined;
  }
  // A root names itself as its issuer.
  seen.add(cert.fingerprint256);
  return {
    raw: Buffer.from(cert.raw).toString('base64'),
    fingerprint256: depth === 0 ? text(cert.fingerprint256) : undefined,
    issuerCertificate: chainOf(cert.issuerCertificate, seen, depth + 1),
  };
}

function namesOf(name) {
  if (typeof name === 'string') return text(name);
  return name && typeof name === 'object' ? { ...name } : undefined;
}

function tlsOf(socket) {
  if (!socket?.encrypted) return undefined;
  const cipher = attempt(() => socket.getCipher());
  const error = socket.authorizationError;
  return {
    authorized: typeof socket.authorized === 'boolean' ? socket.authorized : undefined,
    authorizationError: text(error?.code ?? error?.message ?? error),
    protocol: text(attempt(() => socket.getProtocol())),
    cipher: text(cipher?.standardName ?? cipher?.name),
    resumed: attempt(() => socket.isSessionReused()),
    servername: text(socket.servername || undefined),
  };
}

/** An address as text, an IPv4 one without its IPv6 clothes. */
function addressOf(address) {
  return text(address)?.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}

function text(value) {
  if (value === undefined || value === null || value === false) return undefined;
  const string = String(value);
  // One character more than the collector keeps, so that it sees and marks the cut.
  return string.length > LONGEST_TEXT ? string.slice(0, LONGEST_TEXT + 1) : string;
}

function attempt(read) {
  try {
    return read() ?? undefined;
  } catch {
    return undefined;
  }
}

/** The event as JSON text; one too long for a line loses its issuers, then its certificate's bytes. */
function shortened(event) {
  let json = JSON.stringify(event);
  for (const key of ['issuerCertificate', 'raw']) {
    if (Buffer.byteLength(json) <= LONGEST_LINE) break;
    if (event.cert) delete event.cert[key];
    json = JSON.stringify(event);
  }
  if (Buffer.byteLength(json) > LONGEST_LINE) throw new RangeError('event too long');
  return json;
}

// ---- The acknowledged connection -------------------------------------------------------------------------------

class Reporter {
  constructor(socketPath, options) {
    this.socketPath = socketPath;
    this.app = options.app;
    this.producer = (options.producer ?? randomUUID()).toLowerCase();
    this.capacity = options.capacity ?? 8192;
    this.byteCapacity = options.byteCapacity ?? 64 * 1024 * 1024;
    // The oldest event kept has the number `acknowledged` + 1: none needs a number before the collector's hello.
    this.lines = [];
    this.bytes = 0;
    this.acknowledged = 0;
    this.assigned = 0;
    this.sent = 0;
    this.hasPlace = false;
    this.window = 65_536;
    this.settled = 0;
    this.taken = 0;
    this.dropped = 0;
    this.untold = 0;
    this.untoldSince = undefined;
    this.told = undefined;
    this.waiters = new Set();
    this.wait = SHORTEST_WAIT;
    this.isClosing = false;
    this.isScheduled = false;
    this.connect();
  }

  statistics() {
    return {
      queued: this.lines.length,
      acknowledged: this.settled,
      dropped: this.dropped,
      connected: this.isGreeted === true,
    };
  }

  take(json) {
    const line = json.slice(1);
    const size = Buffer.byteLength(line);
    if (this.isClosing || this.lines.length >= this.capacity || this.bytes + size > this.byteCapacity) {
      return this.drop();
    }
    this.lines.push({ line, size });
    this.bytes += size;
    this.taken += 1;
    this.schedule();
  }

  drop() {
    this.dropped += 1;
    this.untold += 1;
    this.untoldSince ??= new Date().toISOString();
    this.schedule();
  }

  /** Sends after the hooks of this turn have run: one write for many events. */
  schedule() {
    if (this.isScheduled || !this.isGreeted) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.send();
    }).unref();
  }

  connect() {
    this.timer = undefined;
    const socket = createConnection({ path: this.socketPath });
    this.socket = socket;
    this.isGreeted = false;
    let input = '';
    socket.setEncoding('utf8');
    // A reporter must not keep a process alive that is otherwise done; flush and close hold it.
    if (this.waiters.size === 0) socket.unref();
    socket.on('connect', () => {
      socket.write(JSON.stringify({ mtlstop: 1, producer: this.producer, app: this.app, ack: true }) + '\n');
    });
    socket.on('data', (chunk) => {
      const lines = (input + chunk).split('\n');
      input = lines.pop();
      for (const line of lines) this.receive(line, socket);
      if (input.length > 1 << 20) socket.destroy();
    });
    socket.on('drain', () => this.send());
    socket.on('error', () => {});
    socket.on('close', () => this.lost(socket));
    this.greeting = setTimeout(() => socket.destroy(), GREETING_TIMEOUT).unref();
  }

  lost(socket) {
    if (socket !== this.socket) return;
    clearTimeout(this.greeting);
    this.socket = undefined;
    this.isGreeted = false;
    if (this.isClosed) return this.release(true);
    const wait = this.retryAfter ?? this.wait * (0.75 + Math.random() / 4);
    this.retryAfter = undefined;
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    this.timer = setTimeout(() => this.connect(), wait);
    if (this.waiters.size === 0) this.timer.unref();
  }

  receive(line, socket) {
    let message;
    try {
      message = JSON.parse(line);
    } catch {
      return;
    }
    if (message === null || typeof message !== 'object') return;
    if (message.hello !== undefined) this.greet(message);
    else if (Number.isSafeInteger(message.ack)) this.acknowledge(message.ack);
    else if (message.err === 'superseded') this.losePlace(socket);
    else if (message.bye !== undefined) {
      this.told = undefined;
      this.retryAfter = Math.min(Math.max(Number(message.retry_ms) || 500, 10), 60_000);
      socket.end();
    }
    // Nothing else needs an answer: errors have consumed their number, certificates were sent with their events.
    this.release(false);
  }

  greet(message) {
    clearTimeout(this.greeting);
    const last = Number.isSafeInteger(message.last) ? message.last : 0;
    this.window = message.window > 0 ? message.window : this.window;
    this.sent = 0;
    if (this.told) {
      this.untold += this.told.count;
      this.untoldSince = this.told.since;
      this.told = undefined;
    }
    if (!this.hasPlace) {
      this.hasPlace = true;
      this.acknowledged = last;
      this.assigned = last;
    } else if (last > this.assigned) {
      return this.losePlace(this.socket);
    } else {
      this.acknowledge(last);
    }
    this.wait = SHORTEST_WAIT;
    this.isGreeted = true;
    this.send();
  }

  /** Somebody else reports under this name: go on under another one, with what is not acknowledged. */
  losePlace(socket) {
    this.producer = randomUUID();
    this.hasPlace = false;
    this.sent = 0;
    this.acknowledged = 0;
    this.assigned = 0;
    socket.destroy();
  }

  acknowledge(number) {
    const count = Math.min(Math.max(number - this.acknowledged, 0), this.lines.length);
    for (const { size } of this.lines.splice(0, count)) this.bytes -= size;
    this.sent = Math.max(this.sent - count, 0);
    this.settled += count;
    this.acknowledged += count;
    if (this.told && this.told.provenBy <= this.acknowledged) this.told = undefined;
    this.schedule();
  }

  send() {
    while (this.isGreeted && this.socket && !this.socket.writableNeedDrain) {
      const batch = this.batch();
      if (batch === '') break;
      this.socket.write(batch);
    }
    this.release(false);
  }

  batch() {
    let batch = '';
    if (this.untold > 0) {
      batch += JSON.stringify({ drop: this.untold, since: this.untoldSince }) + '\n';
      const provenBy = this.acknowledged + this.sent + 1;
      this.told = { count: this.untold + (this.told?.count ?? 0), since: this.told?.since ?? this.untoldSince, provenBy };
      this.untold = 0;
      this.untoldSince = undefined;
    }
    while (this.sent < this.lines.length && this.sent < this.window && batch.length < BATCH_BYTES) {
      const number = this.acknowledged + this.sent + 1;
      batch += `{"seq":${number},${this.lines[this.sent].line}\n`;
      this.sent += 1;
      this.assigned = Math.max(this.assigned, number);
    }
    return batch;
  }

  flush(milliseconds) {
    const target = this.taken;
    this.socket?.ref();
    this.timer?.ref();
    return new Promise((resolve) => {
      const waiter = { target, resolve };
      waiter.timer = setTimeout(() => this.answer(waiter, false), milliseconds);
      this.waiters.add(waiter);
      this.send();
    });
  }

  async close(milliseconds) {
    this.isClosing = true;
    const isSettled = await this.flush(milliseconds);
    this.isClosed = true;
    clearTimeout(this.timer);
    const socket = this.socket;
    if (socket && this.isGreeted) {
      await new Promise((resolve) => {
        const timer = setTimeout(() => socket.destroy(), 2_000);
        socket.once('close', () => {
          clearTimeout(timer);
          resolve();
        });
        socket.ref();
        socket.write('{"bye":1}\n');
      });
    } else {
      socket?.destroy();
    }
    return isSettled;
  }

  /** Answers those who wait for what is settled now, or all of them at the end. */
  release(isEnd) {
    for (const waiter of this.waiters) {
      const isSettled = this.settled >= waiter.target && this.untold === 0;
      if (isSettled || isEnd) this.answer(waiter, isSettled);
    }
  }

  answer(waiter, isSettled) {
    clearTimeout(waiter.timer);
    this.waiters.delete(waiter);
    if (this.waiters.size === 0) {
      this.socket?.unref();
      this.timer?.unref();
    }
    waiter.resolve(isSettled);
  }
}
