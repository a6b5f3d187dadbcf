import { characters, cut, oneLine } from '../../runtime/redaction/line';
import { Redactor } from '../../runtime/redaction/redact';

const MAXIMUM_CHARACTERS = 300;

/** The vendor's words, as they may be told. They are cut only after they are redacted: of half a secret nobody knows that it is one. */
export function vendorWords(words: string, redactor: Redactor): string {
  return cut(oneLine(redactor.redact(words)), MAXIMUM_CHARACTERS, characters);
}
