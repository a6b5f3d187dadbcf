import { onboard } from '../../support/fleet-simulation';

test.each([1, 2, 3])('a first onboarding of 100 accounts with everything that goes wrong, seed %s: no double, no refused call, never over the budget', async (seed) => {
  const found = await onboard({ accounts: 100, seed, killed: 0.2, errors: 0.05, others: 20 });
  expect(found).toMatchObject({ duplicates: 0, refused: 0, othersRefused: 0 });
  expect(found.mostInAnHour).toBeLessThanOrEqual(240);
  expect(found.calls).toBeLessThanOrEqual(150);
});

test('with 60 calls an hour and half of all runs killed, the budget of any hour is used and not passed', async () => {
  const found = await onboard({ accounts: 100, seed: 4, callsPerHour: 60, killed: 0.5 });
  expect(found).toMatchObject({ duplicates: 0, refused: 0 });
  expect(found.mostInAnHour).toBeLessThanOrEqual(60);
});

test('who joins meanwhile has a connector within six minutes, also where nothing of the budget is left', async () => {
  const { joins, mostInAnHour } = await onboard({ accounts: 700, seed: 5, joins: 8 });
  expect(joins.length).toBeGreaterThan(2);
  expect(joins.at(-1)).toBeLessThanOrEqual(6);
  expect(mostInAnHour).toBeLessThanOrEqual(240);
});

test('others who make half of the calls of a subscription are hardly refused, and we never (fault 113)', async () => {
  const { refused, others, othersRefused, mostInAnHour } = await onboard({ accounts: 700, seed: 6, others: 150 });
  expect(others).toBeGreaterThan(200);
  expect(othersRefused).toBeLessThanOrEqual(others / 20);
  expect(refused).toBe(0);
  expect(mostInAnHour).toBeLessThan(240);
});
