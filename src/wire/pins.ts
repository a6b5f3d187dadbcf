import { createHash } from 'node:crypto';

/** The beginning of a hash that replaces a long value in the environment of a function. */
const HASHED = 'sha256:';

/** A value in normal form: keys in order, without those whose value is undefined. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, item]) => item !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}

/** The hash of a value that is known at synth, but too long for an environment, which has room for 4 KB. */
export function hashed(value: unknown): string {
  return HASHED + digest(value);
}

/** A short fingerprint of a value, for a record. */
export function fingerprint(value: unknown): string {
  return digest(value).slice(0, 16);
}

function digest(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

export function isHash(pin: unknown): boolean {
  return typeof pin === 'string' && pin.startsWith(HASHED);
}

/** Whether a value is the one that was fixed at deployment, directly or by its hash. */
export function isPinned(value: unknown, pin: unknown): boolean {
  return isHash(pin) ? hashed(value) === pin : canonical(value) === canonical(pin);
}
