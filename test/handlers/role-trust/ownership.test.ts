import type { RoleTrustApp } from '../../support/stage/apps/role-trust';
import { documentOf, ORIGINAL, RoleTrustStage, SOMEBODY, TRUSTS, VENDOR } from '../../support/stage/role-trust-stage';

const NEWCOMER = '{"Sid":"New","Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}';
const texts = (statements: readonly object[]) => statements.map((statement) => JSON.stringify(statement));
const byHand = (changes = {}) => documentOf(JSON.stringify({ ...TRUSTS.qualys[0], Sid: 'ByHand', ...changes }), SOMEBODY);
const LEAVE_IT = 'To leave the role as it is, delete the parameter';

let stage: RoleTrustStage;
const parameters = () => stage.world.aws.parameters;
const owner = () => stage.trustRecord!.owner;
const nothingIsLeft = (document = ORIGINAL) => expect([stage.document, parameters().size]).toEqual([document, 0]);

async function start(app: RoleTrustApp = {}): Promise<void> {
  stage = new RoleTrustStage();
  expect(await stage.deploy(app)).toBe('CREATE_COMPLETE');
}
beforeEach(() => start());

describe('when others change the role meanwhile', () => {
  test('their statements are kept as they are now, by an update and by the delete', async () => {
    stage.document = documentOf(NEWCOMER, ...texts(TRUSTS.both));
    await stage.deploy({ trust: 'base' });
    expect(stage.document).toBe(documentOf(NEWCOMER, ...texts(TRUSTS.base)));
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.document).toBe(documentOf(NEWCOMER, VENDOR));
  });

  test.each([
    ['another name', () => byHand()],
    ['one of two', () => documentOf(...texts(TRUSTS.base), SOMEBODY)],
  ])('the service\'s own statements are not overwritten: %s', async (_, changed) => {
    stage.document = changed();
    expect(await stage.deploy({ trust: 'qualys' })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('the statements that let the connector service into QualysCSPMReadOnlyRole were changed by somebody else since the last deployment. '
      + 'Put them back, or set adoptExisting');

    expect(await stage.delete()).toBe('DELETE_FAILED');
    expect(stage.failure).toContain('was not put back: the statements that let the connector service in were changed by somebody else since the last deployment. '
      + `${LEAVE_IT} ${stage.recordName} in Parameter Store, then delete again`);
    expect([stage.document, stage.role.written.length]).toEqual([changed(), 1]);

    parameters().delete(stage.recordName);
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.document).toBe(changed());
  });

  test('with adoptExisting what stands there becomes what is put back', async () => {
    stage.document = byHand();
    expect(await stage.deploy({ trust: 'base', adoptExisting: true })).toBe('UPDATE_COMPLETE');
    expect(stage.statements[0]).toEqual(TRUSTS.base[0]);
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.document).toBe(byHand());
  });

  test.each([
    ['a Deny', () => documentOf(...texts(TRUSTS.both), NEWCOMER.replace('Allow', 'Deny'))],
    ['nobody of the service', () => documentOf(NEWCOMER)],
  ])('a delete does not touch what it does not understand: %s', async (_, changed) => {
    stage.document = changed();
    expect(await stage.delete()).toBe('DELETE_FAILED');
    expect(stage.failure).toContain(LEAVE_IT);
    expect(stage.document).toBe(changed());
    expect(stage.trustRecord).toBeDefined();
  });

  test('a role that was made anew, with its trust of before, is edited again', async () => {
    stage.document = ORIGINAL;
    expect(await stage.deploy({ trust: 'base' })).toBe('UPDATE_COMPLETE');
    expect(stage.document).toBe(documentOf(...texts(TRUSTS.base), SOMEBODY));
  });

  test('a role that has its trust of before is nothing to put back', async () => {
    stage.document = documentOf(VENDOR);
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    nothingIsLeft(documentOf(VENDOR));
  });

  test('a role that is gone is nothing to put back', async () => {
    stage.roles.delete(stage.role.name);
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(parameters().size).toBe(0);
  });

  test('a principal that was deleted meanwhile keeps the former trust from coming back, and the delete says so', async () => {
    stage = new RoleTrustStage({ document: documentOf(VENDOR.replace('805950163170', '999988887777')) });
    await stage.deploy({ trust: 'base', formerAccountIds: ['999988887777'] });
    stage.roles.unknownAccounts.add('999988887777');
    expect(await stage.delete()).toBe('DELETE_FAILED');
    expect(stage.failure).toContain('IAM does not take the new trust policy');
    expect(stage.failure).toContain(LEAVE_IT);
    expect([stage.statements, stage.trustRecord!.confirmed]).toEqual([TRUSTS.base, expect.any(String)]);
  });

  test('a record that was deleted by hand is begun anew with the trust as it is', async () => {
    const edited = stage.document;
    parameters().clear();
    expect(await stage.deploy({ trust: 'base' })).toBe('UPDATE_COMPLETE');
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.document).toBe(edited);
  });
});

describe('when another stack edits the role', () => {
  const another = () => new RoleTrustStage({ beside: stage, stackName: 'Other' });

  test('it is told whose it is; its clean-up changes nothing', async () => {
    const { document } = stage;
    const other = another();
    expect(await other.deploy({ trust: 'qualys' })).toBe('ROLLBACK_COMPLETE');
    expect(other.failure).toContain('the resource Trust of the stack CentralSecurity');
    expect(other.failure).toContain('edits its trust already. Remove it there, or set adoptExisting');
    expect([stage.document, owner().stackId]).toEqual([document, stage.stack.stackId]);
  });

  test('with adoptExisting it takes over the trust as it stands, and the other one\'s delete changes nothing', async () => {
    const edited = stage.document;
    const second = another();
    expect(await second.deploy({ trust: 'base', adoptExisting: true })).toBe('CREATE_COMPLETE');
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.statements[0]).toEqual(TRUSTS.base[0]);
    expect(await second.delete()).toBe('DELETE_COMPLETE');
    expect(stage.document).toBe(edited);
  });

  test('at the same time, from the beginning: one of them is told', async () => {
    stage = new RoleTrustStage();
    stage.world.traffic.latency = () => 100;
    const stages = [stage, another()];
    const ended = await Promise.all(stages.map((one) => one.deploy({ trust: 'base' })));
    expect([...ended].sort()).toEqual(['CREATE_COMPLETE', 'ROLLBACK_COMPLETE']);
    expect(stages[ended.indexOf('ROLLBACK_COMPLETE')]!.failure).toContain('another stack began to edit its trust a moment ago');
    expect(stage.role.written).toHaveLength(1);
  });
});

describe('when the construct is renamed', () => {
  beforeEach(() => start({ id: 'Before' }));

  test('it takes over at once, and the late delete of the old one leaves it alone', async () => {
    expect(await stage.deploy({ id: 'After', trust: 'base' })).toBe('UPDATE_COMPLETE');
    expect(stage.sent).toEqual(['Create Before', 'Create After', 'Delete Before']);
    expect([stage.statements[0], stage.trustRecord!.predecessor]).toEqual([TRUSTS.base[0], undefined]);
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    nothingIsLeft();
  });

  test('and that is rolled back, the role is given back as the old construct had it', async () => {
    const { document } = stage;
    await stage.ask('Create', 'After', { app: { id: 'After', trust: 'base' } });
    expect(await stage.ask('Delete', 'After', { app: { id: 'After', trust: 'base' } })).toMatchObject({ Status: 'SUCCESS' });
    expect([stage.document, owner().logicalId, stage.trustRecord!.predecessor]).toEqual([document, 'Before', undefined]);
    expect(await stage.deploy({ id: 'Before', trust: 'base' })).toBe('UPDATE_COMPLETE');
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    nothingIsLeft();
  });

  test.each(['Before', 'After'])('what a renaming has left behind keeps nothing: %s is deleted last and puts the trust back', async (last) => {
    await stage.ask('Create', 'After', { app: { id: 'After', trust: 'base' } });
    // CloudFormation has none of them any more.
    stage.stack.resources.delete('Before');
    expect(await stage.ask('Delete', last, { app: { id: last, trust: last === 'Before' ? 'both' : 'base' } })).toMatchObject({ Status: 'SUCCESS' });
    nothingIsLeft();
  });
});
