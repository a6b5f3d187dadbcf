import { documentOf, RoleTrustStage, SOMEBODY, VENDOR } from '../../support/stage/role-trust-stage';

let stage: RoleTrustStage;
beforeEach(async () => {
  stage = new RoleTrustStage();
  expect(await stage.deploy({ trust: 'qualys' })).toBe('CREATE_COMPLETE');
});

const OPENED = '{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}';
const open = () => { stage.document = documentOf(VENDOR, OPENED); };

test('a role that was opened to the world by hand does not pass as deployed where only formerAccountIds changes; the rollback does (fault 104)', async () => {
  open();
  expect(await stage.deploy({ trust: 'qualys', formerAccountIds: ['999988887777'] })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(stage.failures).toEqual([expect.stringContaining('has a wildcard principal')]);
});

describe('somebody else edits the role at the same time (fault 105)', () => {
  /** Once, right after a call. */
  function editAfter(step: string, document: () => string): void {
    let done = false;
    stage.world.traffic.watch = (call) => {
      if (done || call.step !== step) return;
      done = true;
      stage.document = document();
    };
  }
  const withoutSomebody = () => stage.document.replace(SOMEBODY, SOMEBODY.replace('Audit', 'Changed'));

  test.each([0, 1])('between the look and the write: his edit stays, and ours is made upon it (%i)', async () => {
    editAfter('iam:GetRole', withoutSomebody);
    expect(await stage.deploy({ trust: 'both' })).toBe('UPDATE_COMPLETE');
    expect([stage.document.includes('Changed'), stage.document.includes('BaseAccount')]).toEqual([true, true]);
  });

  test('right after the write, with what he read before: ours is made again upon his', async () => {
    const old = stage.document;
    editAfter('iam:UpdateAssumeRolePolicy', () => old.replace('Audit', 'Changed'));
    expect(await stage.deploy({ trust: 'both' })).toBe('UPDATE_COMPLETE');
    expect([stage.document.includes('Changed'), stage.document.includes('BaseAccount')]).toEqual([true, true]);
  });

  test('time after time: it is told', async () => {
    let count = 0;
    stage.world.traffic.watch = ({ step }) => { if (step === 'iam:GetRole') stage.document = stage.document.replace(/"Sid": "[^"]*"/, `"Sid": "Changed${++count}"`); };
    expect(await stage.deploy({ trust: 'both' })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('somebody else edits its trust policy at the same time');
  });

  test('on the way back, too', async () => {
    editAfter('iam:GetRole', withoutSomebody);
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.document).toContain('Changed');
  });
});

test('a statement of a user who was deleted, with our external ID, is refused with what can work (fault 106)', async () => {
  const gone = VENDOR.replace(/arn:aws:iam::\d+:root/, 'AIDAJQABLZS4A3QDU576Q');
  stage = new RoleTrustStage({ document: documentOf(gone, SOMEBODY) });
  expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
  expect(stage.failure).toContain('names AIDAJQABLZS4A3QDU576Q, a user or role that was deleted');
  expect(stage.failure).toContain('Put the root of its account in its place');
  stage = new RoleTrustStage({ document: documentOf(gone.replace('AIDAJQABLZS4A3QDU576Q', 'arn:aws:iam::805950163170:root'), SOMEBODY) });
  expect(await stage.deploy()).toBe('CREATE_COMPLETE');
});
