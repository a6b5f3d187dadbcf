import * as fc from 'fast-check';
import { brokenCall } from '../broken-call';
import type { Sequence } from '../stack-scene';
import { Cancelled, ContinueRollback, Delete, Deploy, Refused } from './lifecycle';
import { ByHand, SecondStack } from './others';
import { Model, OTHER_ROLE, Scene } from './scene';

type Made = ConstructorParameters<typeof ByHand>[0];

const change = fc.record({
  name: fc.constantFrom('Production', 'Other'),
  pollingMinutes: fc.constantFrom(240, 60),
  enabled: fc.boolean(),
  description: fc.constantFrom('Of the platform team', 'Of nobody'),
}, { requiredKeys: [] });

const deploy = fc.record({ change, adopt: fc.boolean(), again: fc.option(fc.constantFrom('at once' as const, 1, 60_000), { nil: undefined, freq: 1 }), broken: brokenCall(9) })
  .map((options) => new Deploy(options));

const all: Array<fc.Arbitrary<fc.AsyncCommand<Model, Scene>>> = [
  deploy,
  deploy,
  deploy,
  brokenCall(6).map((broken) => new Delete(broken)),
  fc.constant(new SecondStack()),
  ...[1, 2].map(() => fc.constantFrom<Made>('create', 'clone', 'edit', 'remove', 'erase the mark').map((what) => new ByHand(what))),
  fc.constant(new ContinueRollback()),
  fc.constant(new Refused()),
  fc.tuple(fc.oneof(change, fc.constant({ roleArn: OTHER_ROLE })), fc.nat(1_500)).map(([one, after]) => new Cancelled({ change: one, after })),
];

export const sequences: fc.Arbitrary<Sequence<Model, Scene>> = fc.record({
  seed: fc.nat(),
  first: fc.oneof(...all),
  rest: fc.commands<Model, Scene, false>(all, { maxCommands: 8 }),
});
