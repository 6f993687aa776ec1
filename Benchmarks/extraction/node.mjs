// Node's parser code path over the values of make.mjs: decode the header, new X509Certificate(...), toLegacyObject().
// Usage: node node.mjs FOLDER; prints "encoding microseconds-a-value", processor
// time of the whole process, the best of three passes over all values.
import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const fromPEM = (value) => new X509Certificate(decodeURIComponent(value)).toLegacyObject();
const fromBase64 = (value) => new X509Certificate(Buffer.from(value, 'base64')).toLegacyObject();
const parsers = {
  'url-pem': fromPEM,
  'base64-der': fromBase64,
  rfc9440: (value) => fromBase64(value.slice(1, -1)),
  // The least that finds Cert: cheaper than a parser that checks the header.
  xfcc: (value) => {
    const start = value.indexOf('Cert="') + 6;
    return fromPEM(value.slice(start, value.indexOf('"', start)));
  },
};

for (const [encoding, parse] of Object.entries(parsers)) {
  const values = fs.readFileSync(path.join(process.argv[2], `${encoding}.txt`), 'latin1').trimEnd().split('\n');
  for (const value of values.slice(0, 500)) parse(value);
  let best = Infinity;
  for (let pass = 0; pass < 3; pass += 1) {
    const start = process.cpuUsage();
    let found = 0;
    for (const value of values) if (parse(value).fingerprint256) found += 1;
    if (found !== values.length) throw new Error(`${encoding}: ${values.length - found} values were not parsed`);
    const used = process.cpuUsage(start);
    best = Math.min(best, (used.user + used.system) / values.length);
  }
  console.log(`${encoding} ${best.toFixed(3)}`);
}
