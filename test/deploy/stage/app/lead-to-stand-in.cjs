/*
 * Required by the functions of an app that names the vendor's own hosts: a call of one of them goes to the stand-in, whose certificate has
 * that name too. Calls of other hosts are refused, so that no function that runs here speaks to anybody else. VENDOR_HOSTS is a file with
 * ports by host.
 */
const { readFileSync } = require('node:fs');
const tls = require('node:tls');

const connect = tls.connect;
tls.connect = function (options, ...more) {
  const host = options.servername || options.host;
  const port = JSON.parse(readFileSync(process.env.VENDOR_HOSTS, 'utf8'))[host];
  if (port !== undefined) return connect({ ...options, host: '127.0.0.1', port, servername: host }, ...more);
  if (host === 'localhost' || host === '127.0.0.1') return connect(options, ...more);
  throw new Error(`the demo lets no function call ${host}: it is no host of the stand-in`);
};
