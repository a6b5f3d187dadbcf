import { DeadlineExceeded, DeployError, NoAnswer } from './errors';
import { LogFields } from './redaction/log';

/**
 * The message about a failure. The text of a {@link DeployError} is written for people. The text of an AWS error names the refused action
 * and resource, which is what people need. The text of any other error may contain the data that caused it (the JSON parser quotes its
 * input), so only its name is shown.
 */
export function describeFailure(error: unknown, step: string | undefined): string {
  try {
    const during = step === undefined ? '' : ` in the step '${step}'`;
    if (error instanceof DeployError || error instanceof NoAnswer) return error.message;
    if (error instanceof DeadlineExceeded) return timeIsUp(error.step);
    if (isAwsError(error)) return `${errorName(error)}: ${error.message}${during}`;
    const code = errorCode(error);
    return `unexpected ${errorName(error)}${code === undefined ? '' : ` (${code})`}${during}; its text is not shown, since it may hold a secret`;
  } catch {
    return 'unexpected error that cannot be read';
  }
}

export function timeIsUp(step: string | undefined): string {
  const during = step === undefined ? '' : `, in the step '${step}'`;
  return `the time of the function was used up before the work was done${during}; deploy again, and read the log if it happens again`;
}

/** What the log says about a failure: its kind and where it was thrown, and never its text. */
export function errorFields(error: unknown): LogFields {
  try {
    const status = numberIn(error, 'status') ?? numberIn((error as { $metadata?: unknown } | undefined)?.$metadata, 'httpStatusCode');
    return { errorName: errorName(error), code: errorCode(error), status, at: place(error) };
  } catch {
    return { errorName: 'unreadable' };
  }
}

function isAwsError(error: unknown): error is Error {
  return error instanceof Error && '$fault' in error && '$metadata' in error && typeof error.message === 'string';
}

function errorName(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  return typeof name === 'string' && /^[A-Za-z_$][\w$.-]{0,79}$/.test(name) ? name : 'error';
}

/** Codes of Node and of services are words. Other codes are not shown. */
function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return [code, cause?.code].find((value): value is string => typeof value === 'string' && /^[A-Z][A-Z0-9_]{2,59}$/.test(value));
}

function numberIn(value: unknown, key: string): number | undefined {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === 'number' ? found : undefined;
}

/** Limit in characters: a stack begins with the message of its error, which others may have written. */
const LOOKED_AT = 4_000;

/** The first frame of the stack: a function and a line, never the text of the error. */
function place(error: unknown): string | undefined {
  const stack = error instanceof Error && typeof error.stack === 'string' ? error.stack.slice(0, LOOKED_AT) : '';
  return /^ {4}at ([\w$.<>[\] ]+ \()?[^\s()]*?([\w.-]+:\d+:\d+)\)?$/m.exec(stack)?.slice(1).join('').trim();
}
