import * as fc from 'fast-check';
import { allowed, beside, closed, counting, free, HOUR, most, nextEnd, opened, portion, share } from '../../../lambda/fleet/budget/budget';
import type { Booking } from '../../../lambda/fleet/ports';
import { mostInAnHour } from '../../support/fleet-simulation';
import { SEED } from '../input/runs';

const options = { numRuns: 400, seed: SEED };
const LONGEST = 270_000;

/** A run as it may come: how long after the last one, how long each of its calls takes, how many it makes, and after how many it is killed. */
const run = fc.record({
  // Also so that what was called just before an hour ends to count in the middle of the run.
  pause: fc.oneof(fc.integer({ min: 0, max: 20 * 60_000 }), fc.integer({ min: HOUR - 20_000, max: HOUR })),
  takes: fc.oneof(fc.constantFrom(0, 20_000), fc.integer({ min: 0, max: 20_000 })),
  wanted: fc.integer({ min: 0, max: 300 }),
  endsWork: fc.boolean(),
  killedAfter: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined, freq: 2 }),
});

test('no 3,600 seconds ever have more calls than the limit, whatever is killed at which call, and however long runs last', () => {
  const limits = fc.oneof(fc.integer({ min: 12, max: 40 }), fc.integer({ min: 12, max: 400 }));
  fc.assert(fc.property(limits, fc.array(run, { minLength: 1, maxLength: 80 }), (limit, runs) => {
    let bookings: Booking[] = [];
    let now = 0;
    const times: number[] = [];
    for (const { pause, takes, wanted, endsWork, killedAfter } of runs) {
      now += pause;
      const latestEnd = now + LONGEST;
      let [called, booked, taken, made] = [0, 0, 0, 0];
      let hasBooked = false;
      for (; made < wanted && made !== killedAfter && now + takes <= latestEnd; made++) {
        if (called === booked) {
          const left = endsWork ? free(bookings, limit, now) : allowed(bookings, { limit, taken, step: 1 }, now);
          if (left === 0) break;
          if (hasBooked) bookings = closed(bookings, called, now);
          [called, booked] = [0, Math.min(left, portion(limit))];
          bookings = opened(bookings, booked, latestEnd, now);
          taken += booked;
          hasBooked = true;
        }
        now += takes;
        called += 1;
        times.push(now);
        expect(counting(bookings, now).reduce((sum, { calls }) => sum + calls, 0)).toBeLessThanOrEqual(limit);
      }
      if (hasBooked && made !== killedAfter) bookings = closed(bookings, called, now);
    }
    expect(mostInAnHour(times)).toBeLessThanOrEqual(limit);
  }), options);
});

/** So many calls in each of so many runs that end to count one after the other, the first one soon. */
const evenly = (calls: number, runs: number): Booking[] => Array.from({ length: runs }, (_, index) => ({ calls, until: (index + 0.5) * HOUR / 12 }));

test('while work waits, a run takes its part of the hour, and never more than twice that', () => {
  const [limits, numbers, takes] = [fc.integer({ min: 12, max: 10_000 }), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 1_000 })];
  fc.assert(fc.property(limits, numbers, takes, (limit, runs, taken) => {
    expect(allowed([], { limit, taken: 0, step: 1 }, 0)).toBeLessThanOrEqual(share(limit));
    expect(allowed([], { limit, taken: 0, step: 1 }, 0)).toBeGreaterThanOrEqual(1);
    expect(allowed(evenly(Math.floor(limit / 20), runs), { limit, taken, step: 1 }, 0)).toBeLessThanOrEqual(Math.max(0, most(limit) - taken));
  }), options);
});

test('what is free is spread over the runs until more is, and all of it taken when that is soon', () => {
  const first = [{ calls: 20, until: HOUR }];
  expect(allowed(first, { limit: 240, taken: 20, step: 1 }, 1_000)).toBe(0);
  expect(allowed(first, { limit: 240, taken: 0, step: 1 }, HOUR / 12)).toBe(20);
  expect(allowed([...evenly(20, 11), { calls: 8, until: HOUR }], { limit: 240, taken: 0, step: 1 }, 0)).toBe(10);
});

test('a step of two calls is never too large for a small limit, when it is the first', () => {
  expect(allowed([], { limit: 12, taken: 0, step: 2 }, 0)).toBe(2);
  expect(allowed([{ calls: 11, until: 60_000 }], { limit: 12, taken: 0, step: 2 }, 0)).toBe(1);
  expect(allowed([{ calls: 1, until: HOUR }], { limit: 12, taken: 1, step: 2 }, 0)).toBe(0);
});

test('a search and a create are kept for an account that joins, where the limit has room for them', () => {
  const all = (limit: number) => [{ calls: limit - 2, until: 60_000 }];
  expect([free(all(240), 240, 0), allowed(all(240), { limit: 240, taken: 0, step: 1 }, 0)]).toEqual([2, 0]);
  expect([free(all(199), 199, 0), allowed(all(199), { limit: 199, taken: 0, step: 1 }, 0)]).toEqual([2, 2]);
});

test('a booking of less than nothing, which only somebody else can have written, makes no more calls free', () => {
  expect(free([{ calls: -1_000, until: 60_000 }, { calls: 5, until: 60_000 }], 240, 0)).toBe(235);
});

test('a booking that shrinks frees its calls at once, and the rest an hour after its end', () => {
  const bookings = closed(opened([], 20, 270_000, 0), 7, 60_000);
  expect(free(bookings, 20, 60_000)).toBe(13);
  expect(nextEnd(bookings, 60_000)).toBe(60_000 + HOUR);
  expect(counting(bookings, 60_000 + HOUR)).toEqual([]);
  expect(closed(opened([], 20, 270_000, 0), 0, 60_000)).toEqual([]);
});

test.each<[string, number, number, number]>([
  ['nobody else', 100, 200, 280],
  ['others with 150 an hour', 100, 50, 130],
  ['others with all of it', 0, 0, 12],
  ['a window that has just begun', 200, 299, 280],
])('beside %s, of 300 an hour', (_, ours, remaining, left) => {
  expect(beside({ limit: 300, remaining }, ours)).toBe(left);
});
