import { MASK } from './mask';

/** Patterns of secrets that nobody has registered, the second line of defence of {@link Redactor}. */
const PATTERNS: ReadonlyArray<readonly [RegExp, string]> = [
  // A URL with a user, and every query string: in presigned URLs it gives the right to write.
  [/\b(https?:\/\/)[^\s/@"'<>]+@/gi, `$1${MASK}@`],
  [/\b(https?:\/\/[^\s?"'<>]+)\?[^\s"'<>]+/gi, `$1?${MASK}`],
  [/\b(X-Amz-[\w-]+|Signature|AWSAccessKeyId)=[^&\s"'<>,]+/gi, `$1=${MASK}`],
  // A header in any spelling, up to the end of its line, because a signature is a list with spaces.
  [/\b((?:proxy-)?authorization\\?["']?\s*[:=]\s*)[^\r\n]+/gi, `$1${MASK}`],
  // Letters of one case only are prose ("basic authentication").
  [/\b([Bb]asic|BASIC|[Bb]earer|BEARER)(\s+)(?=[\w+/=.~-]*[A-Z0-9=])[\w+/=.~-]{6,}/g, `$1$2${MASK}`],
  [/\beyJ[\w-]{4,}\.[\w-]+\.[\w-]*/g, MASK],
  // "password": "..." in JSON, also escaped; password=... in a form.
  [/\b((?:secret_?access_?key|secret_?key|client_?secret|session_?token|password)\\?["']\s*:\s*\\?["'])[^"'\\]+/gi, `$1${MASK}`],
  [/\b((?:secret_?access_?key|secret_?key|client_?secret|session_?token|password)=)[^&\s"'<>]+/gi, `$1${MASK}`],
];

export function maskPatterns(text: string): string {
  return PATTERNS.reduce((masked, [pattern, replacement]) => masked.replace(pattern, replacement), text);
}
