import { MASK } from './mask';

/** What looks like a secret although nobody has named it: the second net under {@link Redactor}. */
const PATTERNS: ReadonlyArray<readonly [RegExp, string]> = [
  // A URL with a user in it, and every query string: presigned URLs carry their right to write there.
  [/\b(https?:\/\/)[^\s/@"'<>]+@/gi, `$1${MASK}@`],
  [/\b(https?:\/\/[^\s?"'<>]+)\?[^\s"'<>]+/gi, `$1?${MASK}`],
  [/\b(X-Amz-[\w-]+|Signature|AWSAccessKeyId)=[^&\s"'<>,]+/gi, `$1=${MASK}`],
  // A header in any spelling, to the end of its line: a signature is a list with blanks in it.
  [/\b((?:proxy-)?authorization\\?["']?\s*[:=]\s*)[^\r\n]+/gi, `$1${MASK}`],
  // Letters of one case alone are prose ("basic authentication").
  [/\b([Bb]asic|BASIC|[Bb]earer|BEARER)(\s+)(?=[\w+/=.~-]*[A-Z0-9=])[\w+/=.~-]{6,}/g, `$1$2${MASK}`],
  [/\beyJ[\w-]{4,}\.[\w-]+\.[\w-]*/g, MASK],
  // "password": "..." in JSON, also escaped; password=... in a form.
  [/\b((?:secret_?access_?key|secret_?key|client_?secret|session_?token|password)\\?["']\s*:\s*\\?["'])[^"'\\]+/gi, `$1${MASK}`],
  [/\b((?:secret_?access_?key|secret_?key|client_?secret|session_?token|password)=)[^&\s"'<>]+/gi, `$1${MASK}`],
];

export function maskPatterns(text: string): string {
  return PATTERNS.reduce((masked, [pattern, replacement]) => masked.replace(pattern, replacement), text);
}
