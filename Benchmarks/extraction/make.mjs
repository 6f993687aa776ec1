// Writes N distinct client certificates as header values, one a line: FOLDER/url-pem.txt, base64-der.txt, xfcc.txt, rfc9440.txt.
// Usage: node make.mjs FOLDER N
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import * as d from '../../scripts/fixtures/der.mjs';

const [folder, count] = [process.argv[2], Number(process.argv[3])];
const ec = () => crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const authority = ec();
const authorityInfo = d.spkiOf(authority);
// RSA keys take long to make: a third of the certificates share sixteen of them. Nothing in either parser remembers keys.
const rsa = Array.from({ length: 16 }, () => d.spkiOf(crypto.generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey));
const text = (tag, value) => d.implicit(tag, Buffer.from(value));

const certificate = (index) => {
  const spki = index % 3 === 2 ? rsa[index % rsa.length] : d.spkiOf(ec());
  const name = `svc-${index}.payments.example`;
  return d.certificate({
    serial: BigInt(`0x5${crypto.randomBytes(15).toString('hex')}`),
    issuer: [['C', 'DE'], ['O', 'Example Ltd'], ['CN', 'Example Issuing CA 3']],
    subject: [['C', 'DE'], ['O', 'Example Ltd'], ['OU', `Team ${index % 40}`], ['CN', name]],
    spki,
    signer: authority,
    extensions: [
      d.basicConstraints(false), d.keyUsage(0x80, 7), d.extendedKeyUsage(d.clientAuth),
      d.alternativeNames(text(2, name), text(6, `spiffe://example.org/ns/prod/sa/svc-${index}`)),
      d.subjectKeyIdentifier(spki), d.authorityKeyIdentifier(authorityInfo),
      ...(index % 2 ? [d.extension('1.3.6.1.5.5.7.1.1', d.sequence(
        d.sequence(d.oid('1.3.6.1.5.5.7.48.1'), text(6, 'http://ocsp.example.org/'))))] : []),
    ],
  });
};

// What nginx's $ssl_client_escaped_cert holds: everything but unreserved characters escaped.
const escaped = (value) => encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const files = Object.fromEntries(['url-pem', 'base64-der', 'xfcc', 'rfc9440'].map((name) =>
  [name, fs.openSync(path.join(folder, `${name}.txt`), 'w')]));
for (let index = 0; index < count; index += 1) {
  const der = certificate(index);
  const base64 = der.toString('base64');
  const pem = escaped(d.pem(der));
  const hash = crypto.createHash('sha256').update(der).digest('hex');
  fs.writeSync(files['url-pem'], `${pem}\n`);
  fs.writeSync(files['base64-der'], `${base64}\n`);
  fs.writeSync(files.rfc9440, `:${base64}:\n`);
  fs.writeSync(files.xfcc, `By=spiffe://example.org/gateway;Hash=${hash};Cert="${pem}";URI=spiffe://example.org/ns/prod/sa/svc-${index}\n`);
}
