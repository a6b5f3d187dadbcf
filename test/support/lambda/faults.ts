/** What goes wrong with one outbound call. */
export type Fault =
  /** No connection: nothing has happened. */
  | 'refuse'
  /** It has happened, the answer is lost. */
  | 'lose-answer'
  /** It has happened, the answer is lost, and the SDK asks again by itself. AWS only. */
  | 'repeat'
  /** Nothing is answered and nothing has happened. */
  | 'hang'
  /** Nothing is answered, but it has happened. */
  | 'hang-after'
  /** Too many calls: nothing has happened. */
  | 'throttle'
  /** HTTP 500: nothing has happened. */
  | 'server-error'
  /** HTTP 403, as while a right has not spread yet: nothing has happened. */
  | 'forbidden'
  /** It has happened; the answer is no JSON, or no XML. */
  | 'malformed'
  /** It has happened; the answer breaks off. */
  | 'truncated'
  /** It has happened, and the process ends there: nothing after it runs. */
  | 'kill';

export const FAULTS: readonly Fault[] = [
  'refuse', 'lose-answer', 'repeat', 'hang', 'hang-after', 'throttle', 'server-error', 'forbidden', 'malformed', 'truncated', 'kill',
];

/** Whether the call takes effect all the same. */
export function hasEffect(fault: Fault): boolean {
  return ['lose-answer', 'repeat', 'hang-after', 'malformed', 'truncated', 'kill'].includes(fault);
}
