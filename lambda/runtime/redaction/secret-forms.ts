/** The forms of a secret in a text: as it is, and as the usual encoders write it. */
export interface SecretForms {
  /** Forms that are replaced wherever they are found. */
  readonly plain: readonly string[];
  /** Parts of a base64 text that hold the secret: the whole text around them is replaced. */
  readonly base64: readonly string[];
}

export function formsOf(secret: string): SecretForms {
  // Encoders refuse or replace half of a surrogate pair, so the raw value is kept too.
  const text = Buffer.from(secret, 'utf8').toString('utf8');
  const json = inJson(text);
  const url = encodeURIComponent(text);
  const form = new URLSearchParams({ s: text }).toString().slice(2);
  const hex = Buffer.from(text, 'utf8').toString('hex');
  return {
    plain: unique([
      secret,
      text,
      json,
      json.replaceAll('/', '\\/'),
      json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
      inJson(json), // a body that is quoted in another one
      ...[url, encodeURI(text), form, encodeURIComponent(url), encodeURIComponent(json)].flatMap((encoded) => [encoded, lowerCaseEscapes(encoded)]),
      xml(text),
      hex,
      hex.toUpperCase(),
    ]),
    base64: unique([0, 1, 2].flatMap((offset) => base64At(text, offset)).flatMap((part) => [part, part.replaceAll('+', '-').replaceAll('/', '_')])),
  };
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** The characters of a base64 text that depend on the secret alone, when it starts `offset` bytes after a boundary of three. */
function base64At(text: string, offset: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text, 'utf8')]);
  const part = bytes.toString('base64').slice(Math.ceil(offset * 8 / 6), Math.floor(bytes.length * 8 / 6));
  return part.length >= 4 ? [part] : [];
}

function lowerCaseEscapes(encoded: string): string {
  return encoded.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
}

function xml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&apos;' };
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
