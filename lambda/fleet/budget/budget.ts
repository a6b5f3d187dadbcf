import { FLEET_RUN_MINUTES } from '../../../src/wire/fleet';
import { Booking } from '../ports';
import type { Said } from './meter';

/*
 * A run books a few calls before it makes them; when they are made, their booking shrinks to what was called. A booking counts for an hour from its
 * end, that of a killed run from the latest end that it could have had. Bookings never exceed the limit, so that no hour has more calls, whatever is
 * killed.
 */

/** Milliseconds that a call counts. */
export const HOUR = 3_600_000;
/** Milliseconds between two runs. */
const RUN = FLEET_RUN_MINUTES * 60_000;
/** Each booking is a write: so few that what a killed run has booked and not used is little, and that calls come free as they were made. */
const BOOKINGS_A_RUN = 10;
/** What runs before could not use, a run makes up for with so much of its own part again. */
const MOST_PARTS = 2;
/** A search and a create, for an account that comes while others wait. A smaller limit has no room for them. */
const KEPT = { calls: 2, from: 200 };
/** A part of the limit that nobody uses, so that others who make more calls than in the last hour are not refused. */
const SPARED = 15;
/** As few as can be asked for. */
const LEAST = 12;

/** Those that still count. */
export function counting(bookings: readonly Booking[], now: number): Booking[] {
  return bookings.filter(({ until }) => until > now);
}

/** Calls that nobody has booked. What stands in the table never makes them more than the limit. */
export function free(bookings: readonly Booking[], limit: number, now: number): number {
  return Math.max(0, counting(bookings, now).reduce((left, { calls }) => left - Math.max(0, calls), limit));
}

/** The part of one run, while work waits for the budget. */
export function share(limit: number): number {
  return Math.ceil(limit * RUN / HOUR);
}

/** So many calls are booked at once. */
export function portion(limit: number): number {
  return Math.ceil(share(limit) / BOOKINGS_A_RUN);
}

/** The most that a run takes while work waits for the budget, however much is free. */
export function most(limit: number): number {
  return MOST_PARTS * share(limit);
}

export interface Asked {
  readonly limit: number;
  /** Calls that the run has booked already. */
  readonly taken: number;
  /** Calls that its next step takes; a step of the first booking is never too large. */
  readonly step: number;
}

/**
 * How many calls more a run may book, while work waits for the budget. What is free is spread over the runs until more is, so that an account that
 * joins later has its turn within minutes.
 */
export function allowed(bookings: readonly Booking[], { limit, taken, step }: Asked, now: number): number {
  const left = free(bookings, limit, now) - (limit >= KEPT.from ? KEPT.calls : 0);
  const runs = Math.max(1, Math.round(((nextEnd(bookings, now) ?? now + HOUR) - now) / RUN));
  const part = Math.min(Math.ceil((left + taken) / runs), most(limit)) - taken;
  return Math.max(0, Math.min(left, taken === 0 ? Math.max(part, step) : part));
}

/**
 * Calls an hour that are left for us beside those that others made in the last hour, by what the service says is left: taken evenly, they are not in
 * the way of others. Where the service counts otherwise than in the hour behind each call, others seem to have made fewer.
 */
export function beside({ limit, remaining }: Said, ours: number): number {
  const others = Math.max(0, limit - remaining - ours);
  return Math.max(LEAST, limit - others - Math.ceil(limit / SPARED));
}

/** When the next one ends to count. */
export function nextEnd(bookings: readonly Booking[], now: number): number | undefined {
  const ends = counting(bookings, now).map(({ until }) => until);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** The booking of a run is the last one, and counts as if the run was killed at its latest end. */
export function opened(bookings: readonly Booking[], calls: number, latestEnd: number, now: number): Booking[] {
  return [...counting(bookings, now), { calls, until: latestEnd + HOUR }];
}

/** When the calls of the last booking are made, or the run ends. */
export function closed(bookings: readonly Booking[], called: number, now: number): Booking[] {
  const others = counting(bookings.slice(0, -1), now);
  return called === 0 ? others : [...others, { calls: called, until: now + HOUR }];
}
