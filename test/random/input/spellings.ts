const JSON_TEXT = (text: string) => JSON.stringify(text).slice(1, -1);
const twice = (encode: (text: string) => string) => (text: string) => encode(encode(text));

/** How a secret may be spelled where text passes on. */
export const SPELLINGS: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'base64': (secret) => Buffer.from(secret).toString('base64'),
  'base64, one byte later': (secret) => Buffer.from(`:${secret}`).toString('base64'),
  'base64, two bytes later': (secret) => Buffer.from(`u:${secret}`).toString('base64'),
  'base64url': (secret) => Buffer.from(secret).toString('base64url'),
  'base64url, one byte later': (secret) => Buffer.from(`:${secret}`).toString('base64url'),
  'base64url, two bytes later': (secret) => Buffer.from(`u:${secret}`).toString('base64url'),
  'hex': (secret) => Buffer.from(secret).toString('hex'),
  'HEX': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'URL': encodeURIComponent,
  'URL, twice': twice(encodeURIComponent),
  'form': (secret) => new URLSearchParams({ s: secret }).toString().slice(2),
  'JSON': JSON_TEXT,
  'JSON, twice': twice(JSON_TEXT),
  'JSON with escaped slashes': (secret) => JSON_TEXT(secret).replaceAll('/', '\\/'),
  'JSON in a URL': (secret) => encodeURIComponent(JSON_TEXT(secret)),
  'XML': (secret) => secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
};

/** What depends on the secret alone in its spelling: of base64, the characters at its ends belong to its neighbours too. */
export function traces(secret: string): string[] {
  const all = Object.entries(SPELLINGS).map(([name, spell]) => (name.startsWith('base64') ? spell(secret).replace(/=+$/, '').slice(4, -4) : spell(secret)));
  return [...new Set(all)];
}
