/** What a connector's state says about its run. */
export type Progress = 'SUCCEEDED' | 'FAILED' | 'DISABLED' | 'UNDER_WAY';

/** The enumeration of the Connectors API 3.0. */
const STATES = new Map<string, Progress>(Object.entries({
  FINISHED_SUCCESS: 'SUCCEEDED',
  SUCCESS: 'SUCCEEDED',
  FINISHED_ERRORS: 'FAILED',
  ERROR: 'FAILED',
  INCOMPLETE: 'FAILED',
  DISABLED: 'DISABLED',
  PENDING: 'UNDER_WAY',
  QUEUED: 'UNDER_WAY',
  RUNNING: 'UNDER_WAY',
  PROCESSING: 'UNDER_WAY',
}));

/** CloudView's states are sentences; `Completed successfully` is one. What the others say is inferred. */
const SENTENCES: ReadonlyArray<readonly [RegExp, Progress]> = [
  [/disabled/i, 'DISABLED'],
  [/error|fail|incomplete|unsuccessful|denied/i, 'FAILED'],
  [/success|completed/i, 'SUCCEEDED'],
];

/** A state that is not known is no end: there are more to come or the time runs out. */
export function progressOf(state = ''): Progress {
  return STATES.get(state) ?? SENTENCES.find(([words]) => words.test(state))?.[1] ?? 'UNDER_WAY';
}
