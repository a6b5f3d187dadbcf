import { delivers, Model, Scene } from './scene';

/** Before a command: what a person has broken is no fault of the library. */
export function excuse(model: Model, scene: Scene, removes = false): void {
  scene.expected.lost = model.serviceBroken;
  scene.expected.removes = removes || model.keyBroken || model.phase !== 'STANDING';
  scene.expected.foreign = [...model.foreign, ...model.abandoned];
}

/**
 * After a command: I1 to I5, and that the world is as the model has it.
 *
 * @param hit something went wrong in the command
 */
export function compare(model: Model, scene: Scene, hit: boolean): void {
  const { invariants, world, stage } = scene;
  model.unsettled ||= hit;
  if (scene.statusOf(stage.currentKey) === 'Active') model.keyBroken = false;
  if (!hit && scene.statusOf(world.keyAtService) === 'Active') model.serviceBroken = false;
  excuse(model, scene);
  if (model.unsettled || model.phase === 'FAILED') invariants.instant();
  else invariants.rest();
  expect(invariants.violations).toEqual([]);
  if (model.phase !== 'STANDING') return;
  const { record, currentKey } = stage;
  expect(record?.owner).toEqual({ stackId: stage.stack.stackId, logicalId: model.desired.registrationId });
  if (model.tampered || model.entryIsOthers || !delivers(model)) return;
  expect(scene.entry).toMatchObject({ title: model.desired.title, awsAccountId: world.aws.account.accountId });
  if (model.serviceBroken) return;
  expect([currentKey, scene.keyUnder('AWSPENDING')]).toContain(world.keyAtService);
}

/** With the events, or the last lines of the log, where it is not so. */
export function demand(succeeded: boolean, expected: boolean, what: string, told: readonly string[]): void {
  if (succeeded !== expected) {
    throw new Error(`${what} ${succeeded ? 'succeeded' : 'failed'}, `
      + `which was not to be expected:\n${told.slice(-6).join('\n')}`);
  }
}
