import * as fc from 'fast-check';
import { brokenCall } from '../broken-call';
import type { Played } from '../runs';
import { ContinueRollback, Deploy } from './deploy';
import { Create, CreateByHand, Delete, LATE, SecondStack } from './lifecycle';
import { ClockJump, EditEntry, EnterKey, ForeignKey, LoseKey, RemoveForeignKey, Use } from './people';
import { DailyRun, Rotate } from './rotate';
import { appOf, FIRST, Model, Scene } from './scene';

type Commands = Iterable<fc.AsyncCommand<Model, Scene>>;

export interface Sequence {
  readonly seed: number;
  readonly hasWriteApi: boolean;
  readonly commands: Commands;
}

const change = fc.record({
  title: fc.constantFrom('Central Security', 'Other', 'Third'),
  mode: fc.oneof({ weight: 4, arbitrary: fc.constant('AUTO' as const) }, { weight: 1, arbitrary: fc.constant('CONSOLE' as const) }),
  registrationId: fc.constantFrom('Registration', 'Renamed'),
  adopt: fc.boolean(),
  newUser: fc.constant(true as const),
}, { requiredKeys: [] });

const deploy = fc.record({ change, broken: brokenCall(30), again: fc.option(fc.constantFrom(0, 1, 30_000, 120_000), { nil: undefined, freq: 1 }) })
  .map((options) => new Deploy(options));

const all: Array<fc.Arbitrary<fc.AsyncCommand<Model, Scene>>> = [
  deploy,
  deploy,
  fc.tuple(fc.nat(2), brokenCall(45)).map(([retries, broken]) => new Rotate({ retries, broken })),
  fc.tuple(fc.nat(2), brokenCall(45)).map(([retries, broken]) => new Rotate({ retries, broken })),
  fc.tuple(fc.constantFrom(0, 1, 2), brokenCall(25)).map(([days, broken]) => new DailyRun({ days, broken })),
  fc.tuple(fc.constantFrom(0, 1, 2), brokenCall(25)).map(([days, broken]) => new DailyRun({ days, broken })),
  brokenCall(16).map((broken) => new Delete(broken)),
  fc.tuple(fc.record({ adopt: fc.boolean(), mode: fc.constantFrom('AUTO' as const, 'AUTO' as const, 'CONSOLE' as const) }), brokenCall(25))
    .map(([one, broken]) => new Create({ ...one, broken })),
  fc.constant(new CreateByHand()),
  fc.tuple(fc.boolean(), fc.uniqueArray(fc.constantFrom(...LATE)), brokenCall(35))
    .map(([adopt, late, broken]) => new SecondStack({ adopt, late, broken })),
  fc.boolean().map((skip) => new ContinueRollback(skip)),
  fc.constantFrom('remove', 'title', 'key', 'account', 'account back', 'account back').map((edit) => new EditEntry(edit as never)),
  fc.constant(new EnterKey()),
  fc.tuple(fc.constantFrom('AWSCURRENT', 'AWSPENDING', 'AWSPREVIOUS'), fc.constantFrom('delete', 'deactivate')).map(([stage, how]) => new LoseKey({ stage, how } as never)),
  fc.constant(new ForeignKey()),
  fc.constant(new RemoveForeignKey()),
  fc.constantFrom('at the service', 'AWSPREVIOUS').map((key) => new Use(key as never)),
  fc.constantFrom(1, 25, 2_400).map((hours) => new ClockJump(hours)),
];

export const sequences: fc.Arbitrary<Sequence> = fc.record({
  seed: fc.nat(),
  hasWriteApi: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  first: fc.oneof(...all), // so that hardly any sequence is empty
  rest: fc.commands<Model, Scene, false>(all, { maxCommands: 8 }),
}).map(({ first, rest, ...options }) => ({
  ...options,
  commands: { [Symbol.iterator]: function* () { yield first; yield* rest; }, toString: () => [first, String(rest)].join() },
}));

/** A base account stands; then these things happen. */
export async function play({ seed, hasWriteApi, commands }: Sequence): Promise<Played> {
  const model: Model = {
    phase: 'STANDING',
    desired: FIRST,
    hasWriteApi,
    tampered: false,
    entryIsOthers: false,
    serviceBroken: false,
    keyBroken: false,
    unsettled: false,
    adopted: false,
    foreign: [],
    abandoned: [],
    promotedAt: 0,
    count: 1,
  };
  const scene = new Scene(model, seed);
  expect(await scene.stage.deploy(appOf(FIRST))).toBe('CREATE_COMPLETE');
  scene.after(model, false);
  await fc.asyncModelRun(() => ({ model, real: scene }), commands);
  scene.world.end();
  return scene;
}
