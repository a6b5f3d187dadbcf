import { characters, cut, oneLine } from '../../runtime/redaction/line';
import { Redactor } from '../../runtime/redaction/redact';

const MAXIMUM_CHARACTERS = 300;

/** The vendor's words in a form that may be shown. They are redacted before they are cut, because half a secret cannot be recognized. */
export function vendorWords(words: string, redactor: Redactor): string {
  return cut(oneLine(redactor.redact(words)), MAXIMUM_CHARACTERS, characters);
}
