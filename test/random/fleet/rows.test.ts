import * as fc from 'fast-check';
import type { Member } from '../../../lambda/accounts/members';
import type { Row } from '../../../lambda/fleet/ports';
import { dueSteps, guard, stepOf } from '../../../lambda/fleet/rows/due';
import { plan } from '../../../lambda/fleet/rows/plan';
import { recognize } from '../../../lambda/fleet/rows/recognize';
import { account } from '../../support/stage/fleet-stage';
import { SEED } from '../input/runs';

const options = { numRuns: 500, seed: SEED };
const OWNER = { stackId: 'arn:aws:cloudformation:us-east-1:111111111111:stack/Security', logicalId: 'Fleet' };
const roleArn = (accountId: string) => `arn:aws:iam::${accountId}:role/QualysConnector`;

const member = fc.integer({ min: 1, max: 12 }).chain((number) => fc.constantFrom<Member['state']>('READY', 'WAITING', 'FAILED', 'EXCLUDED').map((state): Member => ({
  accountId: account(number), source: 0, roleArn: roleArn(account(number)), externalId: 'external', state, ...state === 'FAILED' && { reason: 'it failed' },
})));
const members = fc.uniqueArray(member, { selector: ({ accountId }) => accountId, maxLength: 12 });
const row = fc.integer({ min: 1, max: 12 }).chain((number) => fc.record<Row>({
  accountId: fc.constant(account(number)),
  source: fc.constant(0),
  roleArn: fc.constant(roleArn(account(number))),
  state: fc.constantFrom('READY', 'WAITING', 'FAILED'),
  since: fc.integer({ min: 0, max: 100 }),
  goneSince: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  connectorId: fc.option(fc.constant(String(70_000 + number)), { nil: undefined }),
  origin: fc.option(fc.constantFrom('created' as const, 'adopted' as const), { nil: undefined }),
  token: fc.option(fc.constant(`token-${number}`), { nil: undefined }),
  begun: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  version: fc.constant(1),
}));
const rows = fc.uniqueArray(row, { selector: ({ accountId }) => accountId, maxLength: 12 });

/** Rows as they stand after a plan. */
function after(before: readonly Row[], { changed, removed }: ReturnType<typeof plan>): Row[] {
  const byAccount = new Map(before.map((one) => [one.accountId, one]));
  for (const one of changed) byAccount.set(one.accountId, one);
  for (const { accountId } of removed) byAccount.delete(accountId);
  return [...byAccount.values()];
}

test('a plan by a whole list: who is there is not gone, who is not is, and what may have a connector stays', () => {
  fc.assert(fc.property(rows, members, (before, listed) => {
    const now = after(before, plan(before, { members: listed, isWhole: true }, 200));
    const there = new Set(listed.filter(({ state }) => state !== 'EXCLUDED').map(({ accountId }) => accountId));
    for (const one of now) expect(one.goneSince === undefined).toBe(there.has(one.accountId));
    for (const accountId of there) expect(now.some((one) => one.accountId === accountId)).toBe(true);
    const kept = new Set(now.map(({ accountId }) => accountId));
    for (const one of before) if (one.connectorId !== undefined || one.begun !== undefined) expect(kept.has(one.accountId)).toBe(true);
    // The same once more changes nothing.
    expect(plan(now, { members: listed, isWhole: true }, 300)).toEqual({ changed: [], removed: [] });
  }), options);
});

test('a plan by the accounts of one operation makes nobody leave', () => {
  fc.assert(fc.property(rows, members, (before, listed) => {
    const { changed, removed } = plan(before, { members: listed, isWhole: false }, 200);
    expect(removed).toEqual([]);
    for (const one of changed) expect(before.some(({ accountId }) => accountId === one.accountId)).toBe(true);
    const wasGone = new Set(before.filter(({ goneSince }) => goneSince !== undefined).map(({ accountId }) => accountId));
    for (const one of after(before, { changed, removed })) if (one.goneSince !== undefined) expect(wasGone.has(one.accountId)).toBe(true);
  }), options);
});

const wanting = { readBegan: 50, applied: () => 'wanted', removal: { action: 'DISABLE' as const, after: 86_400_000 } };

test('steps: half-done ones first, then the newest accounts; no connector is made for who is gone, waits or has one', () => {
  fc.assert(fc.property(rows, (all) => {
    const steps = dueSteps(all.map((one) => stepOf(one, wanting)).filter((step) => step !== undefined), 1_000_000);
    const order = steps.map(({ name }) => ['LOOK', 'CREATE', 'UPDATE', 'DOUBLE', 'RETIRE', 'ORPHAN'].indexOf(name));
    expect(order).toEqual([...order].sort((one, other) => one - other));
    const creates = steps.filter(({ name }) => name === 'CREATE').map((step) => step.row);
    expect(creates.map(({ since }) => since)).toEqual(creates.map(({ since }) => since).sort((one, other) => other - one));
    for (const { goneSince, state, connectorId, begun } of creates) expect([goneSince, state, connectorId, begun]).toEqual([undefined, 'READY', undefined, undefined]);
    for (const { name, row: one } of steps) if (name === 'ORPHAN') expect([one.origin, one.goneSince! + 86_400_000 <= 1_000_000]).toEqual(['created', true]);
  }), options);
});

test('the guard holds back when more leave than it allows, and never for adopted ones', () => {
  fc.assert(fc.property(rows, fc.integer({ min: 1, max: 12 }), (all, maxAtOnce) => {
    const connected = all.filter(({ connectorId }) => connectorId !== undefined);
    const leaving = connected.filter(({ goneSince, origin }) => goneSince !== undefined && origin === 'created').length;
    expect(guard(all, maxAtOnce) === undefined).toBe(leaving <= maxAtOnce && leaving <= connected.length / 2);
  }), options);
});

const MARKS = [
  undefined, 'Made by a person', `[cdk-qualys-connectors created ${OWNER.stackId} Fleet token-1]`, `[cdk-qualys-connectors created ${OWNER.stackId} Fleet token-9]`,
  `[cdk-qualys-connectors adopted ${OWNER.stackId} Fleet]`, '[cdk-qualys-connectors created arn:aws:cloudformation:us-east-1:111111111111:stack/Other Fleet token-1]',
];

test('whatever a connector says of itself, it is created by us only where the row names its ID or its token', () => {
  fc.assert(fc.property(row, fc.constantFrom(...MARKS), fc.constantFrom('70001', '70002', '70099'), fc.boolean(), fc.boolean(), (one, description, id, adopts, isOrganizationMember) => {
    const { row: now } = recognize(one, { id, accountType: 'GLOBAL', description, isOrganizationMember, roleArn: one.roleArn }, { owner: OWNER, adopts, now: 200 });
    const isNamed = one.connectorId === id || (one.token !== undefined && description?.endsWith(`${OWNER.stackId} Fleet ${one.token}]`));
    if (now.connectorId === id && now.origin === 'created' && one.connectorId !== id) expect(isNamed).toBe(true);
    if (now.connectorId === id && one.connectorId !== id && !isNamed) expect([now.origin, isOrganizationMember, adopts || description?.includes('[cdk-')]).toEqual(['adopted', false, true]);
    expect(now.accountId).toBe(one.accountId);
  }), options);
});
