import { UserKey } from '../ports';

/**
 * Nobody knows the ID of a key that was made just before a crash. The engine therefore notes the time and the existing keys before it makes
 * one. A later key that is in no version of the secret and not in the note is then its own. The note is a tag of the secret (256 characters
 * of a small set), so it is plain words. It ends with the stack that made the key, because only that stack may remove it.
 */
export interface MintingNote {
  readonly at: number;
  /** What the key is made for: the ID of a request, or the token of a rotation. */
  readonly attempt: string;
  readonly before: readonly string[];
  /** The user of the key; undefined when an earlier version of this library wrote the note, without the user. */
  readonly userName?: string;
}

const SETTLED = 'none';
const STACK = ' of ';
const USER = 'user:';

/** No attempt outlives a function: 15 minutes at most. Clocks of AWS and of the function may differ a little. */
const LONGEST_ATTEMPT = 15 * 60_000;
const SKEW = 60_000;

/** The note while a key is made. */
export function writeNote(note: MintingNote, stack: string | undefined): string {
  const { at, attempt, before, userName } = note;
  return ofStack(['since', new Date(at).toISOString(), attempt, ...before, ...userName === undefined ? [] : [USER + inTag(userName)]].join(' '), stack);
}

/** The note after the key is stored: no attempt is under way, and it says who made the last key. */
export function settledNote(attempt: string, stack: string | undefined): string {
  return ofStack(`${SETTLED} ${attempt}`, stack);
}

function ofStack(text: string, stack: string | undefined): string {
  return stack === undefined ? text : `${text}${STACK}${stack}`;
}

/** The stack whose resource made the key; undefined when an earlier version of this library wrote the note, without the stack. */
export function stackOf(text: string | undefined): string | undefined {
  return text?.split(STACK)[1];
}

/** The last attempt in the note, over or not. */
export function lastAttempt(text: string | undefined): string | undefined {
  const [kind, attempt] = wordsOf(text);
  return kind === SETTLED ? attempt : readNote(text)?.attempt;
}

/** The attempt for this user that is not over, if any. */
export function unfinishedAttempt(text: string | undefined, userName: string): MintingNote | undefined {
  const note = readNote(text);
  return note?.userName === undefined || note.userName === inTag(userName) ? note : undefined;
}

function readNote(text: string | undefined): MintingNote | undefined {
  const [since, at, attempt = '', ...more] = wordsOf(text);
  const time = Date.parse(at ?? '');
  const userName = more.find((word) => word.startsWith(USER))?.slice(USER.length);
  return since === 'since' && !Number.isNaN(time) ? { at: time, attempt, before: more.filter((word) => !word.startsWith(USER)), userName } : undefined;
}

function wordsOf(text: string | undefined): string[] {
  return (text ?? '').split(STACK)[0]!.split(' ');
}

/** Whether the attempt in the note made this key, which no version of the secret names. */
export function madeByAttempt(note: MintingNote | undefined, key: UserKey): boolean {
  if (!note || note.before.includes(key.accessKeyId)) return false;
  const created = key.created.getTime();
  return created >= note.at - SKEW && created <= note.at + LONGEST_ATTEMPT;
}

/** IAM allows a comma in names, but tags do not. A slash is the other way round, so it replaces the comma. */
export function inTag(userName: string): string {
  return userName.replaceAll(',', '/');
}
