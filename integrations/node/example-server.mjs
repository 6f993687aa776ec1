// An HTTPS server that asks for client certificates, decides about them and reports every decision.
//
//   node example-server.mjs --socket /run/mtlstop/ingest.sock --certs certs --port 8443
//
// The folder holds server.pem, server.key and ca.pem (make-certificates.sh makes them). The decision is written out
// here so that the example needs nothing installed; with the package client-certificate-auth it is one line:
//   app.use(clientCertificateAuth(checkAuth, { onAuthenticated, onRejected }))

import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { auditHooks } from './mtlstop-audit.mjs';

const { values } = parseArgs({
  options: {
    socket: { type: 'string' },
    certs: { type: 'string', default: 'certs' },
    port: { type: 'string', default: '8443' },
    service: { type: 'string', default: 'example' },
  },
});
const file = (name) => readFileSync(join(values.certs, name));
const hooks = auditHooks(values.socket ?? process.env.MTLSTOP_SOCKET ?? '/run/mtlstop/ingest.sock', {
  app: 'example-server/1.0',
  service: values.service,
});

const checkAuth = (cert, req) => !req.url.startsWith('/admin') || cert.subject.OU === 'Admins';

/** The library's order of decisions: the TLS layer's verdict, the certificate, the application. */
function authenticate(req) {
  if (!req.socket.authorized) return { cert: null, reason: 'socket_not_authorized' };
  const cert = req.socket.getPeerCertificate(false);
  if (!cert?.raw) return { cert: null, reason: 'certificate_not_retrievable' };
  return { cert, reason: checkAuth(cert, req) ? null : 'callback_returned_false' };
}

const server = createServer(
  {
    key: file('server.key'),
    cert: file('server.pem'),
    ca: file('ca.pem'),
    requestCert: true,
    rejectUnauthorized: false, // Refused here, with an answer and a record, not in the handshake without either.
  },
  (req, res) => {
    const { cert, reason } = authenticate(req);
    if (reason) {
      hooks.onRejected(cert, req, reason);
      res.writeHead(401, { 'content-type': 'text/plain' }).end('Unauthorized\n');
    } else {
      hooks.onAuthenticated(cert, req);
      res.writeHead(200, { 'content-type': 'text/plain' }).end(`Hello ${cert.subject.CN}\n`);
    }
  },
);

server.listen(Number(values.port), '127.0.0.1', () => {
  console.log(`listening on https://127.0.0.1:${server.address().port}`);
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, async () => {
    server.close();
    server.closeAllConnections();
    const isSettled = await hooks.close();
    process.exitCode = isSettled ? 0 : 1;
  });
}
