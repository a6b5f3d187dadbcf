import { Booking } from '../ports';

/*
 * A run books calls before it makes any, and at its end the booking shrinks to what was called. A booking counts for an hour from its end; that
 * of a killed run from the latest end that it could have had. Bookings never exceed the limit, so that no hour has more calls, whatever is killed.
 */

/** Milliseconds that a call counts. */
export const HOUR = 3_600_000;
/** While work waits for the budget, a run takes at most this part of it: an account that joins later has its turn within minutes. */
const PART = 12;
/** For calls that are repeated. */
const SPARE = 5;

export interface Wanted {
  readonly limit: number;
  /** Calls that bring the work to its end. */
  readonly calls: number;
}

/** Those that still count. */
export function counting(bookings: readonly Booking[], now: number): Booking[] {
  return bookings.filter(({ until }) => until > now);
}

export function booked(bookings: readonly Booking[], now: number): number {
  return counting(bookings, now).reduce((sum, { calls }) => sum + calls, 0);
}

/** The most that a run takes while work waits for the budget. */
export function share(limit: number): number {
  return Math.ceil(limit / PART);
}

/** How many calls a run may book now. */
export function toBook(bookings: readonly Booking[], { limit, calls }: Wanted, now: number): number {
  const left = Math.max(0, limit - booked(bookings, now));
  const toTheEnd = Math.ceil(calls * 1.1) + SPARE;
  return calls <= left ? Math.min(left, toTheEnd) : Math.min(left, share(limit));
}

/** When the next one ends to count. */
export function nextEnd(bookings: readonly Booking[], now: number): number | undefined {
  const ends = counting(bookings, now).map(({ until }) => until);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** At the beginning of a run: its own booking, as if it was killed at its latest end. */
export function opened(bookings: readonly Booking[], calls: number, latestEnd: number, now: number): Booking[] {
  return [...counting(bookings, now), { calls, until: latestEnd + HOUR }];
}

/** At the end of a run, whose booking is the last one. */
export function closed(bookings: readonly Booking[], called: number, now: number): Booking[] {
  const others = counting(bookings.slice(0, -1), now);
  return called === 0 ? others : [...others, { calls: called, until: now + HOUR }];
}
