import { DeadlineExceeded, DeployError } from '../../runtime/errors';
import { characters, cut, oneLine } from '../../runtime/redaction/line';
import { Redactor } from '../../runtime/redaction/redact';
import { ServiceAnswer } from '../../service/http/errors';
import { NoCallLeft } from '../budget/meter';
import { Row, LeaseLost } from '../ports';

const HOUR = 3_600_000;
/** The longest pause of an account with a problem, in hours. */
const LONGEST_PAUSE = 24;
const MOST_CHARACTERS = 300;
/** Milliseconds to wait if the service does not say how long. */
const WAIT = 300_000;

/** Whether the error concerns one account. Any other error ends the run for all accounts. */
export function isOneAccounts(error: unknown): error is ServiceAnswer {
  return error instanceof ServiceAnswer && !error.isLimit && !error.isBadToken && ![401, 403].includes(error.status)
    && !['INVALID_CREDENTIALS', 'UNAUTHORIZED', 'FORBIDDEN', 'NOT_AUTHORIZED', 'INSUFFICIENT_PERMISSION'].includes(error.code ?? '');
}

/** Whether the error is an ordinary end of a run, after which the next run continues. */
export function isOrdinary(error: unknown): boolean {
  return error instanceof NoCallLeft || error instanceof LeaseLost || error instanceof DeadlineExceeded;
}

/** The row with the problem. The fleet leaves the account alone for 2 hours, then 4, 8, 16, and from then on 24. */
export function withProblem(row: Row, error: ServiceAnswer, redactor: Redactor, now: number): Row {
  const attempts = (row.attempts ?? 0) + 1;
  const problem = cut(oneLine(redactor.redact(error.message)), MOST_CHARACTERS, characters);
  return { ...row, problem, attempts, notBefore: now + Math.min(LONGEST_PAUSE, 2 ** attempts) * HOUR };
}

/** When the service may be called again after a refusal for its limit. Undefined after other errors. */
export function notBefore(error: unknown, now: number, random: () => number): number | undefined {
  if (!(error instanceof ServiceAnswer) || !error.isLimit) return undefined;
  return now + Math.ceil((error.wait ?? WAIT) * (1 + random() / 10));
}

/** The error in a sentence, redacted, for the log and for `ConfirmCommand`. */
export function reasonOf(error: unknown, redactor: Redactor): string {
  const words = error instanceof DeployError ? error.message : error instanceof Error ? `${error.name} in the run; the log has more` : 'unexpected error';
  return cut(oneLine(redactor.redact(words)), MOST_CHARACTERS * 2, characters);
}
