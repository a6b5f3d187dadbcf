import * as fc from 'fast-check';
import { SEED, TIMEOUT } from './runs';
import { oddText } from './values';
import { serviceOrigin, urlWithin } from '../../../lambda/service/http/origin';
import { serviceUrl } from '../../../src/service/private/service-url';
import { anyCharacter } from '../../support/any-character';

const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
const special = fc.constantFrom<[number, number, number, number]>(
  [169, 254, 169, 254], [169, 254, 170, 2], [127, 0, 0, 1], [10, 0, 0, 1], [192, 168, 1, 1], [172, 16, 0, 1], [0, 0, 0, 0], [100, 100, 100, 200],
);

/** Every notation that a resolver or a browser takes for an address. */
const address = fc.tuple(fc.oneof(octets, special), fc.nat(11)).map(([[a, b, c, d], notation]) => {
  const number = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (value: number, width = 2) => value.toString(16).padStart(width, '0');
  const mapped = `${hex(a)}${hex(b)}:${hex(c)}${hex(d)}`;
  return [
    `${a}.${b}.${c}.${d}`, String(number), `0x${number.toString(16)}`, `0${number.toString(8)}`, `0x${hex(a)}.0x${hex(b)}.0x${hex(c)}.0x${hex(d)}`,
    `0${a.toString(8)}.0${b.toString(8)}.0${c.toString(8)}.0${d.toString(8)}`, `${a}.${b}.${c * 256 + d}`, `${a}.${(b * 256 + c) * 256 + d}`, `[::ffff:${a}.${b}.${c}.${d}]`, `[::ffff:${mapped}]`,
    `[64:ff9b::${mapped}]`, `${a}.${b}.${c}.${d}.`,
  ][notation]!;
});

const inner = fc.oneof(address, fc.constantFrom(
  '[::1]', '[::]', '[fd00:ec2::254]', '[fe80::1%25eth0]', '①⑥⑨.②⑤④.①⑥⑨.②⑤④', '１６９.２５４.１６９.２５４', '169。254。169。254', '%31%36%39.254.169.254', 'metadata.google.internal', 'METADATA.google.internal',
  'metadata.google.internal.', 'metadata.goog', 'metadata', 'metadata.azure.com', 'metadata.azure.internal', 'instance-data', 'instance-data.ec2.internal', 'instance-data.eu-west-1.compute.internal',
  'localhost.', 'a.localhost', 'localhost.localhost', 'ⓛocalhost.', 'intranet', 'host.example.', 'host..example', '.example', '-host.example', 'host-.example', 'a_b.example', '',
));

const good = fc.constantFrom('qualysapi.qualys.com', 'QualysAPI.qualys.eu', 'xn--qalys-mof.example', 'quаlysapi.qualys.com', 'q.example', 'localhost:8443', 'a.b.c.d.e.example:8443', 'ｑualys.example', 'qualysapi.qualys.com:443');

const scheme = fc.oneof({ weight: 6, arbitrary: fc.constant('https://') }, { weight: 1, arbitrary: fc.constantFrom('http://', 'HTTPS://', 'https:', 'https:/', 'https:\\\\', 'file://', 'ftp://', 'gopher://', 'javascript:', 'data:', '//', '', ' https://', '\thttps://', 'https:///') });
const user = fc.oneof({ weight: 6, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom('user:hunter2@', 'user@', ':hunter2@', '@', ':@', 'qualysapi.qualys.com@', 'a%40b@', 'qualysapi.qualys.com\\@') });
const port = fc.oneof({ weight: 4, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom(':443', ':8443', ':0', ':65536', ':', ':80', ':-1', ':x') });
const rest = fc.oneof({ weight: 4, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom('/', '//', '/.', '/..', '/./', '/%2e', '\\', '/x', '?', '#', '/?', '/#', '?x', '#x', '/;', ' ', '\n', '\t?', '?\t', '# ', '%00', '\u0000', '#@evil.example', '?@evil.example', '\\@evil.example') });

const url = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(scheme, user, fc.oneof(good, inner, oddText), port, rest).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.webUrl({ withFragments: true, withQueryParameters: true }) },
  { weight: 1, arbitrary: oddText },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('https://qualysapi.qualys.com', 'https://localhost:8443'), fc.nat(30), fc.string({ unit: anyCharacter, maxLength: 3 })).map(([whole, at, text]) => whole.slice(0, at) + text + whole.slice(at)) },
);

/** As `expect`, whose call alone costs more than what is tried here. */
function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

function outcome(call: () => string): string {
  try {
    return call();
  } catch (error) {
    const { message } = error as Error;
    demand(/^ApiServer must/.test(message) && !message.includes('hunter2'), `refused in other words: ${message}`);
    return 'refused';
  }
}

function demandOutcome(call: () => string, expected: string): void {
  const actual = outcome(call);
  demand(actual === expected, `${actual} instead of ${expected}`);
}

test('what synthesis accepts the function accepts, and the other way round (fault 52)', () => {
  const seen = { refused: 0, accepted: 0 };
  fc.assert(fc.property(url.filter((value) => !value.includes('${Token[')), (value) => {
    const atSynth = outcome(() => serviceUrl('ApiServer', value));
    demandOutcome(() => serviceOrigin('ApiServer', value), atSynth);
    seen[atSynth === 'refused' ? 'refused' : 'accepted']++;
    if (atSynth !== 'refused') {
      // In normal form it is itself, and it names a host and nothing else.
      expect([serviceUrl('ApiServer', atSynth), serviceOrigin('ApiServer', atSynth)]).toEqual([atSynth, atSynth]);
      expect(atSynth).toMatch(/^https:\/\/(localhost:\d+|([a-z0-9-]+\.)+[a-z][a-z0-9-]*(:\d+)?)$/);
    }
  }), { numRuns: 20_000, seed: SEED });
  expect(Math.min(seen.refused, seen.accepted)).toBeGreaterThan(1_000);
}, TIMEOUT);

test('no address in any notation, no name of a metadata service, no bare name, with whatever port (fault 52)', () => {
  fc.assert(fc.property(inner, port, (host, number) => {
    demandOutcome(() => serviceUrl('ApiServer', `https://${host}${number}`), 'refused');
    demandOutcome(() => serviceOrigin('ApiServer', `https://${host}${number}`), 'refused');
  }), { numRuns: 5_000, seed: SEED });
}, TIMEOUT);

test('no path leads to another host (fault 52)', () => {
  const origin = 'https://qualysapi.qualys.com';
  fc.assert(fc.property(fc.oneof(rest, fc.tuple(fc.constantFrom('', '/', '//', '@', '.', ':8', '\\'), oddText).map((parts) => parts.join(''))), (path) => {
    let whole: string;
    try {
      whole = urlWithin(origin, path);
    } catch (error) {
      const { message } = error as Error;
      demand(/must begin with '\/' and stay on its host/.test(message), `refused in other words: ${message}`);
      return;
    }
    const reached = new URL(whole);
    demand(reached.origin === origin && reached.username === '', `${whole} leads elsewhere`);
  }), { numRuns: 5_000, seed: SEED });
}, TIMEOUT);
