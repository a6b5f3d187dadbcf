import { Deadline } from '../resource';

/**
 * The guard answers this many milliseconds before the function's end. CloudFormation has to get the answer at least 5 seconds before; the
 * rest is for repeated PUTs.
 */
export const ANSWER_MARGIN = 10_000;

/** A deadline that keeps this many milliseconds for later work. */
export function endingEarlier({ signal, remaining }: Deadline, milliseconds: number): Deadline {
  return { signal, remaining: () => Math.max(0, remaining() - milliseconds) };
}

export interface RunningDeadline extends Deadline {
  /** Resolves when the time is up, and never if the guard is stopped before. */
  readonly expired: Promise<void>;
  /** Ends the guard without an abort. */
  stop(): void;
}

export function startDeadline(remainingTime: () => number): RunningDeadline {
  const controller = new AbortController();
  const remaining = () => controller.signal.aborted ? 0 : Math.max(0, remainingTime() - ANSWER_MARGIN);
  let stop = () => {};
  const expired = new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      controller.abort();
      resolve();
    }, remaining());
    stop = () => clearTimeout(timer);
  });
  return { remaining, signal: controller.signal, expired, stop };
}
