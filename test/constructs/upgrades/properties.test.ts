import { failsAfter } from '../../support/cloudformation/template';
import { templateOf } from '../../support/upgrades/freeze';
import { UpgradeWorld } from '../../support/upgrades/in-process';
import { APPS } from '../../support/upgrades/later-apps';
import { stored, STORED } from '../../support/upgrades/stored';

/*
 * The properties that earlier versions deployed, every scalar a string, with the handlers of now: on Update they are the old
 * ones, in a rollback the wanted ones, on Delete all there is.
 */
const CHANGED = {
  'Custom::QualysBaseAccount': { Title: 'Renamed' },
  'Custom::QualysConnector': { Name: 'Renamed' },
  'Custom::QualysConnectorFleet': { PollingMinutes: '360' },
  'Custom::QualysRoleTrust': { AdoptExisting: 'true' },
};

/** What is left at the service and in the account, apart from times. */
const state = ({ world }: UpgradeWorld) => ({
  entries: world.service.baseAccounts().map(({ title, accountType, accessKeyId }) => ({ title, accountType, accessKeyId })),
  keys: world.aws.account.keys.map(({ accessKeyId }) => accessKeyId),
  records: [...world.aws.parameters.keys()],
  trust: JSON.parse(world.aws.account.roles.get('Elsewhere').trust),
});

describe.each(STORED)('what %s deployed of the app %s', (shape, app) => {
  const now = () => templateOf(APPS[app]!);
  const before = stored(shape, app);

  async function deployed(): Promise<{ upgrade: UpgradeWorld; untouched: ReturnType<typeof state> }> {
    const upgrade = new UpgradeWorld();
    const untouched = state(upgrade);
    expect([await upgrade.stack.deploy(upgrade.bringFormer(before, now())), upgrade.stack.events.filter((event) => event.includes('FAILED'))]).toEqual(['CREATE_COMPLETE', []]);
    return { upgrade, untouched };
  }
  const ids = ({ stack }: UpgradeWorld) => Object.fromEntries([...stack.resources].map(([id, { physicalId }]) => [id, physicalId]));

  test('is updated, and nothing replaced (faults 28, 29 and 68)', async () => {
    const { upgrade } = await deployed();
    const standing = ids(upgrade);
    expect(await upgrade.stack.deploy(upgrade.bring(now(), CHANGED))).toBe('UPDATE_COMPLETE');
    expect(ids(upgrade)).toMatchObject(standing);
    expect(upgrade.stack.events.filter((event) => / DELETE_/.test(event))).toEqual([]);
  });

  test('is what a failed update goes back to (fault 29)', async () => {
    const { upgrade } = await deployed();
    const [standing, made] = [ids(upgrade), state(upgrade)];
    const template = upgrade.bring(now(), CHANGED, { Fails: failsAfter(upgrade.world.time, 1000, Object.keys(standing)) });
    expect(await upgrade.stack.deploy(template)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(ids(upgrade)).toEqual(standing);
    expect(state(upgrade)).toEqual(made);
  });

  test('is deleted, and so is what it was updated to (fault 29)', async () => {
    for (const update of [false, true]) {
      const { upgrade, untouched } = await deployed();
      if (update) expect(await upgrade.stack.deploy(upgrade.bring(now()))).toBe('UPDATE_COMPLETE');
      expect([await upgrade.stack.delete(), upgrade.stack.events.filter((event) => event.includes('FAILED'))]).toEqual(['DELETE_COMPLETE', []]);
      expect(state(upgrade)).toEqual(untouched);
    }
  });
});

const ROTATED = STORED.filter(([shape, app]) => JSON.stringify(stored(shape, app)).includes('"AWS::SecretsManager::RotationSchedule"'));

test.each(ROTATED)('the function that %s deployed of the app %s does its daily run (fault 29)', async (shape, app) => {
  const upgrade = new UpgradeWorld();
  await upgrade.stack.deploy(upgrade.bringFormer(stored(shape, app), templateOf(APPS[app]!)));
  upgrade.world.time.advance(86_400_000);
  expect(await upgrade.dailyRun()).toEqual({ outcome: 'returned' });
  expect(upgrade.world.service.baseAccounts()).toMatchObject([{ title: 'Central Security' }]);
});
