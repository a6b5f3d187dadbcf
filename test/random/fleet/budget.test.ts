import * as fc from 'fast-check';
import { booked, closed, counting, HOUR, nextEnd, opened, toBook } from '../../../lambda/fleet/budget/budget';
import type { Booking } from '../../../lambda/fleet/ports';
import { mostInAnHour } from '../../support/fleet-simulation';
import { SEED } from '../input/runs';

const options = { numRuns: 400, seed: SEED };

/** A run as it may come: how long after the last one, how long it lasts, how many calls it wants and makes, and whether it is killed. */
const run = fc.record({
  pause: fc.integer({ min: 0, max: 20 * 60_000 }),
  lasts: fc.integer({ min: 0, max: 270_000 }),
  wanted: fc.integer({ min: 0, max: 5_000 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  isKilled: fc.boolean(),
});

test('no 3,600 seconds ever have more calls than the limit, whatever is killed, and however long runs last', () => {
  fc.assert(fc.property(fc.integer({ min: 12, max: 400 }), fc.array(run, { minLength: 1, maxLength: 80 }), (limit, runs) => {
    let bookings: Booking[] = [];
    let now = 0;
    const times: number[] = [];
    for (const { pause, lasts, wanted, share, isKilled } of runs) {
      now += pause;
      const calls = toBook(bookings, { limit, calls: wanted }, now);
      expect(calls + booked(bookings, now)).toBeLessThanOrEqual(limit);
      bookings = opened(bookings, calls, now + 270_000, now);
      const called = Math.floor(calls * share);
      for (let index = 0; index < called; index++) times.push(now + Math.floor(lasts * (index + 1) / called));
      now += lasts;
      if (!isKilled) bookings = closed(bookings, called, now);
    }
    expect(mostInAnHour(times)).toBeLessThanOrEqual(limit);
  }), options);
});

test('while work waits, a run takes a twelfth at most; what brings it to its end, it takes with some to spare', () => {
  fc.assert(fc.property(fc.integer({ min: 12, max: 10_000 }), fc.integer({ min: 1, max: 20_000 }), (limit, calls) => {
    const taken = toBook([], { limit, calls }, 0);
    expect(taken).toBeLessThanOrEqual(calls <= limit ? Math.min(limit, Math.ceil(calls * 1.1) + 5) : Math.ceil(limit / 12));
    expect(taken).toBeGreaterThanOrEqual(Math.min(calls, 1));
  }), options);
});

test('a booking that shrinks frees its calls at once, and the rest an hour after its end', () => {
  const bookings = closed(opened([], 20, 270_000, 0), 7, 60_000);
  expect(booked(bookings, 60_000)).toBe(7);
  expect(nextEnd(bookings, 60_000)).toBe(60_000 + HOUR);
  expect(counting(bookings, 60_000 + HOUR)).toEqual([]);
  expect(closed(opened([], 20, 270_000, 0), 0, 60_000)).toEqual([]);
});
