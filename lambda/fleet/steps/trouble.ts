import { DeadlineExceeded, DeployError } from '../../runtime/errors';
import { characters, cut, oneLine } from '../../runtime/redaction/line';
import { Redactor } from '../../runtime/redaction/redact';
import { ServiceAnswer } from '../../service/http/errors';
import { NoCallLeft } from '../budget/meter';
import { Row, LeaseLost } from '../ports';

const HOUR = 3_600_000;
/** In hours. */
const LONGEST_PAUSE = 24;
const MOST_CHARACTERS = 300;
/** Milliseconds where the service does not say how long to wait. */
const WAIT = 300_000;

/** Whether it is the matter of one account; else it ends the run for all. */
export function isOneAccounts(error: unknown): error is ServiceAnswer {
  return error instanceof ServiceAnswer && !error.isLimit && !error.isBadToken && ![401, 403].includes(error.status)
    && !['INVALID_CREDENTIALS', 'UNAUTHORIZED', 'FORBIDDEN', 'NOT_AUTHORIZED', 'INSUFFICIENT_PERMISSION'].includes(error.code ?? '');
}

/** An ordinary end of a run: the next one goes on. */
export function isOrdinary(error: unknown): boolean {
  return error instanceof NoCallLeft || error instanceof LeaseLost || error instanceof DeadlineExceeded;
}

/** The account is left alone for a while: 2, 4, 8, 16, then 24 hours. */
export function withProblem(row: Row, error: ServiceAnswer, redactor: Redactor, now: number): Row {
  const attempts = (row.attempts ?? 0) + 1;
  const problem = cut(oneLine(redactor.redact(error.message)), MOST_CHARACTERS, characters);
  return { ...row, problem, attempts, notBefore: now + Math.min(LONGEST_PAUSE, 2 ** attempts) * HOUR };
}

/** When the service may be called again, where it says so. */
export function notBefore(error: unknown, now: number, random: () => number): number | undefined {
  if (!(error instanceof ServiceAnswer) || !error.isLimit) return undefined;
  return now + Math.ceil((error.wait ?? WAIT) * (1 + random() / 10));
}

/** In words, for the log and whoever asks. */
export function reasonOf(error: unknown, redactor: Redactor): string {
  const words = error instanceof DeployError ? error.message : error instanceof Error ? `${error.name} in the run; the log has more` : 'unexpected error';
  return cut(oneLine(redactor.redact(words)), MOST_CHARACTERS * 2, characters);
}
