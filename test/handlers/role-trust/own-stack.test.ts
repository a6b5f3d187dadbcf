import { failsAfter } from '../../support/cloudformation/template';
import { ORIGINAL, RoleTrustStage } from '../../support/stage/role-trust-stage';

/* A renaming is told from its rollback by what CloudFormation says of the stack. */

let stage: RoleTrustStage;
beforeEach(() => { stage = new RoleTrustStage(); });

const nothingIsLeft = () => expect([stage.document, stage.world.aws.parameters.size]).toEqual([ORIGINAL, 0]);

test('a stack without a renaming is never asked about', async () => {
  expect(await stage.deploy({ trust: 'both' })).toBe('CREATE_COMPLETE');
  expect(await stage.deploy({ trust: 'base' })).toBe('UPDATE_COMPLETE');
  expect(await stage.delete()).toBe('DELETE_COMPLETE');
  expect(stage.world.traffic.calls.filter(({ step }) => step.startsWith('cloudformation:'))).toEqual([]);
  nothingIsLeft();
});

test('a renaming whose old resource could not be deleted: the deleted stack puts the trust back and leaves nothing', async () => {
  const { traffic } = stage.world;
  await stage.deploy({ trust: 'both' });
  traffic.fault = ({ step }) => (step.startsWith('cloudformation:') ? 'throttle' : undefined);
  expect(await stage.deploy({ trust: 'base', id: 'Renamed' })).toBe('UPDATE_COMPLETE');
  expect(stage.failure).toMatch(/^Trust DELETE_FAILED: Throttling/);
  traffic.fault = undefined;
  expect(await stage.delete()).toBe('DELETE_COMPLETE');
  nothingIsLeft();
});

test('where an organization forbids to ask, a renaming works, and its rollback takes no trust away', async () => {
  await stage.deploy({ trust: 'both' });
  const before = stage.document;
  stage.world.aws.allowed = (action) => !action.startsWith('cloudformation:');
  const more = { Fails: failsAfter(stage.world.time, 1, ['Renamed']) };
  expect(await stage.deploy({ trust: 'base', id: 'Renamed' }, { more })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(stage.document).toBe(before);
  expect(await stage.deploy({ trust: 'base', id: 'Renamed' })).toBe('UPDATE_COMPLETE');
  expect(await stage.delete()).toBe('DELETE_COMPLETE');
  nothingIsLeft();
});
