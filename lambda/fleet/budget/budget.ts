import { FLEET_RUN_MINUTES } from '../../../src/wire/fleet';
import { Booking } from '../ports';
import type { Said } from './meter';

/*
 * A run books a few calls before it makes them. Afterwards the booking shrinks to the calls that were made. A booking counts for an hour from its
 * end. The booking of a killed run counts for an hour from the latest time at which the run could have ended. Bookings never exceed the limit, so
 * no hour has more calls, even if runs are killed.
 */

/** Milliseconds for which a call counts. */
export const HOUR = 3_600_000;
/** Milliseconds between two runs. */
const RUN = FLEET_RUN_MINUTES * 60_000;
/** Each booking is a write. With ten a run, a killed run wastes few calls, and calls become free at the times at which they were made. */
const BOOKINGS_A_RUN = 10;
/** A run may take so many times its own part, to make up for calls that earlier runs did not use. */
const MOST_PARTS = 2;
/** Calls that are kept for an account that joins while others wait: a search and a create. A limit below 200 has no room for them. */
const KEPT = { calls: 2, from: 200 };
/** One fifteenth of the limit stays unused, so that others can make more calls than in the last hour and are not refused. */
const SPARED = 15;
/** The lowest `CallsPerHour` that is allowed. */
const LEAST = 12;

/** The bookings that still count. */
export function counting(bookings: readonly Booking[], now: number): Booking[] {
  return bookings.filter(({ until }) => until > now);
}

/** Calls that nobody has booked. A negative booking in the table counts as 0, so it cannot raise the limit. */
export function free(bookings: readonly Booking[], limit: number, now: number): number {
  return Math.max(0, counting(bookings, now).reduce((left, { calls }) => left - Math.max(0, calls), limit));
}

/** The calls of one run, if the limit is spread evenly over the runs of an hour. */
export function share(limit: number): number {
  return Math.ceil(limit * RUN / HOUR);
}

/** The number of calls in one booking. */
export function portion(limit: number): number {
  return Math.ceil(share(limit) / BOOKINGS_A_RUN);
}

/** The most calls of a run while work waits for the budget, however many are free. */
export function most(limit: number): number {
  return MOST_PARTS * share(limit);
}

export interface Asked {
  readonly limit: number;
  /** Calls that the run has booked already. */
  readonly taken: number;
  /** Calls of the next step. The first booking of a run is always large enough for one step. */
  readonly step: number;
}

/**
 * The number of further calls that a run may book, while work waits for the budget. Free calls are spread over the runs until more become free, so
 * that an account that joins later is connected within minutes.
 */
export function allowed(bookings: readonly Booking[], { limit, taken, step }: Asked, now: number): number {
  const left = free(bookings, limit, now) - (limit >= KEPT.from ? KEPT.calls : 0);
  const runs = Math.max(1, Math.round(((nextEnd(bookings, now) ?? now + HOUR) - now) / RUN));
  const part = Math.min(Math.ceil((left + taken) / runs), most(limit)) - taken;
  return Math.max(0, Math.min(left, taken === 0 ? Math.max(part, step) : part));
}

/**
 * The calls an hour that other programs of the subscription leave to this fleet, from the numbers that the service sends with each answer. Spread
 * evenly, these calls do not disturb the others. If the service does not count over the hour before each call, the others seem to have made fewer.
 */
export function beside({ limit, remaining }: Said, ours: number): number {
  const others = Math.max(0, limit - remaining - ours);
  return Math.max(LEAST, limit - others - Math.ceil(limit / SPARED));
}

/** The time at which the next booking stops to count. */
export function nextEnd(bookings: readonly Booking[], now: number): number | undefined {
  const ends = counting(bookings, now).map(({ until }) => until);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** The bookings with that of a run, the last one. It counts as if the run was killed at the latest time at which it can end. */
export function opened(bookings: readonly Booking[], calls: number, latestEnd: number, now: number): Booking[] {
  return [...counting(bookings, now), { calls, until: latestEnd + HOUR }];
}

/** The bookings after the calls of the last one were made, or the run has ended. */
export function closed(bookings: readonly Booking[], called: number, now: number): Booking[] {
  const others = counting(bookings.slice(0, -1), now);
  return called === 0 ? others : [...others, { calls: called, until: now + HOUR }];
}
