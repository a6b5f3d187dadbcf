import type { Redactor } from './redact';

/** One printable line, without control characters, line ends and halves of surrogate pairs. */
export function oneLine(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8').replace(/[\s\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
}

/** Cuts a text at a whole character, with an ellipsis. `size` is the size of a piece of text. */
export function cut(text: string, limit: number, size: (text: string) => number): string {
  if (size(text) <= limit) return text;
  const room = limit - size('…');
  if (room < 0) return '';
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += size(character);
    if (used > room) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The size in characters as a reader counts them, for {@link cut}. */
export const characters = (text: string): number => [...text].length;

const MAXIMUM_VENDOR_WORDS = 300;

/** The vendor's words in a form that may be shown. They are redacted before they are cut, because half a secret cannot be recognized. */
export function vendorWords(words: string, redactor: Redactor): string {
  return cut(oneLine(redactor.redact(words)), MAXIMUM_VENDOR_WORDS, characters);
}
