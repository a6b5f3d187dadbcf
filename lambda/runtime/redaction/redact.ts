import { MASK } from './mask';
import { formsOf } from './secret-forms';
import { maskPatterns } from './secret-patterns';

type Range = readonly [start: number, end: number];

/**
 * Removes secrets from texts that leave the function: reasons and log lines. Redact a text before it is cut or its spaces change, because
 * half a secret cannot be found any more.
 */
export class Redactor {
  /** Shorter values are not replaced: that would hide ordinary words, and no secret is that short. */
  public static readonly MINIMUM_LENGTH = 4;

  private readonly plain = new Set<string>();
  private readonly base64 = new Set<string>();

  /** Takes a secret that has to be removed from now on. */
  public protect(secret: string): void {
    if (secret.length < Redactor.MINIMUM_LENGTH) return;
    const forms = formsOf(secret);
    forms.plain.forEach((form) => this.plain.add(form));
    forms.base64.forEach((form) => this.base64.add(form));
  }

  /** The text without secrets, at most 16,000 characters long. */
  public redact(text: string): string {
    const ranges = [
      ...[...this.plain].flatMap((form) => occurrences(text, form)),
      ...[...this.base64].flatMap((form) => occurrences(text, form)).map((range) => wholeToken(text, range)),
    ];
    return maskPatterns(bounded(maskRanges(text, ranges)));
  }
}

/** Longest text. Nobody reads more, and the time of patterns grows faster than the text. */
const MAXIMUM_LENGTH = 16_000;

/** The text is cut at a space, because no pattern recognizes half a secret. */
function bounded(text: string): string {
  return text.length <= MAXIMUM_LENGTH ? text : text.slice(0, Math.max(0, text.slice(0, MAXIMUM_LENGTH).search(/\s\S*$/)));
}

/** All places of a value, also overlapping ones. */
function occurrences(text: string, form: string): Range[] {
  const found: Range[] = [];
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) found.push([at, at + form.length]);
  return found;
}

function wholeToken(text: string, [start, end]: Range): Range {
  const isBase64 = (index: number) => /[\w+/=-]/.test(text.charAt(index));
  let first = start;
  let last = end;
  while (first > 0 && isBase64(first - 1)) first--;
  while (last < text.length && isBase64(last)) last++;
  return [first, last];
}

/** Joins ranges that overlap or touch, so that no part of a longer secret stays beside a shorter one. */
function maskRanges(text: string, ranges: readonly Range[]): string {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  let masked = '';
  let done = 0;
  for (let index = 0; index < sorted.length; index++) {
    const start = sorted[index][0];
    let end = sorted[index][1];
    while (index + 1 < sorted.length && sorted[index + 1][0] <= end) end = Math.max(end, sorted[++index][1]);
    masked += text.slice(done, start) + MASK;
    done = end;
  }
  return masked + text.slice(done);
}
