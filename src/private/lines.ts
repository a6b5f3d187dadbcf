import { refuseSecret } from './no-secrets';
import { checkText } from './validate';

/**
 * Throws unless the text is a token, or one that the service's console can show on a line: 1 to 255 characters. The vendor
 * documents no limit, so this one is the library's.
 */
export function checkLine(name: string, value: string): void {
  refuseSecret(name, value);
  checkText(name, value, { max: 255, pattern: /^[^\p{Cc}\u2028\u2029]*$/u, allowed: 'characters other than line breaks and control characters' });
  if (value.trim() === '') {
    throw new Error(`${name} must hold a character other than a space`);
  }
}
