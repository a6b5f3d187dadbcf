import { handle, RecordingWidget, request, Widget } from './harness';
import { DeployError } from '../../lambda/runtime/errors';

const ID = 'widget:host.example:GLOBAL';
const INVENTED = 'Security-BaseAccount7F3A-1MXQ2VW8ZK3JP';
const failing = () => new RecordingWidget(async () => { throw new DeployError('the service has no room'); });
const update = (changes: object) => request('Update', { OldResourceProperties: { Name: 'old', Kind: 'GLOBAL' }, PhysicalResourceId: ID, ...changes });

describe('Create', () => {
  test('answers the computed ID and the attributes', async () => {
    const widget = new RecordingWidget();
    const { answers } = await handle(widget, request('Create'));
    expect(answers).toEqual([{
      Status: 'SUCCESS',
      Reason: '',
      PhysicalResourceId: ID,
      StackId: request('Create').StackId,
      RequestId: 'r-1',
      LogicalResourceId: 'BaseAccount7F3A',
      NoEcho: true,
      Data: { Name: 'n' },
    }]);
    expect(widget.calls).toMatchObject([['create', { physicalId: ID, requestId: 'r-1', logicalId: 'BaseAccount7F3A', properties: { Name: 'n' } }]]);
  });

  test('that fails answers the same ID, so that the Delete finds what was begun (fault 3)', async () => {
    const { answers } = await handle(failing(), request('Create'));
    expect(answers).toMatchObject([{
      Status: 'FAILED',
      PhysicalResourceId: ID,
      Reason: 'the service has no room (log stream 2026/01/15/[$LATEST]abc, request r-1)',
    }]);
    expect(answers[0].Data).toBeUndefined();
  });

  test('without readable properties touches nothing, and its Delete neither', async () => {
    const widget = new RecordingWidget();
    const { answers } = await handle(widget, request('Create', { ResourceProperties: { Name: 1 } }));
    expect(answers).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: 'not-created:BaseAccount7F3A', Reason: expect.stringContaining("property 'Name' is missing") }]);
    const event = request('Delete', { ResourceProperties: { Name: 1 }, PhysicalResourceId: 'not-created:BaseAccount7F3A' });
    expect((await handle(widget, event)).answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'not-created:BaseAccount7F3A' }]);
    expect(widget.calls).toEqual([]);
  });

  test.each([['empty', ''], ['1,025 bytes', 'é'.repeat(512) + 'x']])('with a physical ID that is %s is refused', async (_, id) => {
    const widget = new RecordingWidget();
    widget.physicalId = () => id;
    expect((await handle(widget, request('Create'))).answers).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: 'not-created:BaseAccount7F3A' }]);
    expect(widget.calls).toEqual([]);
  });
});

describe('Update', () => {
  test('in place keeps the ID (fault 1)', async () => {
    const widget = new RecordingWidget();
    const { answers } = await handle(widget, update({}));
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: ID, Data: { Name: 'n' } }]);
    expect(widget.calls).toMatchObject([['update', { properties: { Name: 'n' }, previous: { Name: 'old' } }]]);
  });

  test('to another ID creates, and leaves the old one to the Delete that follows (fault 2)', async () => {
    const widget = new RecordingWidget();
    const { answers } = await handle(widget, update({ ResourceProperties: { Name: 'n', Kind: 'CHINA' } }));
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'widget:host.example:CHINA' }]);
    expect(widget.calls.map(([verb]) => verb)).toEqual(['create']);
  });

  test.each([
    ['in place', {}],
    ['that replaces', { ResourceProperties: { Name: 'n', Kind: 'CHINA' } }],
    ['without readable properties', { ResourceProperties: {} }],
  ])('%s that fails answers the ID that there was (fault 15)', async (_, changes) => {
    const { answers } = await handle(failing(), update(changes));
    expect(answers).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: ID }]);
  });

  describe('that rolls back an update to another ID, of which CloudFormation knows no ID', () => {
    const rollback = update({ OldResourceProperties: { Name: 'new', Kind: 'CHINA' } });
    const givingUp = (giveUp: Widget['giveUp']) => Object.assign(new RecordingWidget(), { giveUp });

    test('takes back what that one may have begun, or begins yet', async () => {
      const givenUp: object[] = [];
      const widget = givingUp(async (asked) => { givenUp.push(asked); });
      expect((await handle(widget, rollback)).answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: ID, Data: { Name: 'n' } }]);
      expect(widget.calls.map(([verb]) => verb)).toEqual(['update']);
      expect(givenUp).toMatchObject([{ physicalId: 'widget:host.example:CHINA', properties: { Name: 'new', Kind: 'CHINA' } }]);
    });

    test('leaves time for the answer, and does not fail for it', async () => {
      let remaining = 0;
      const widget = givingUp(async ({ deadline }) => {
        remaining = deadline.remaining();
        throw new Error('it cannot be reached');
      });
      expect((await handle(widget, rollback)).answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: ID }]);
      expect(remaining).toBe(60_000 - 10_000 - 20_000);
    });

    test('is no other update: of the same ID, of one that replaces, or that fails', async () => {
      const givenUp: object[] = [];
      const record = async (asked: object) => { givenUp.push(asked); };
      await handle(givingUp(record), update({}));
      await handle(givingUp(record), update({ PhysicalResourceId: 'widget:host.example:CHINA', OldResourceProperties: { Name: 'new', Kind: 'CHINA' } }));
      await handle(Object.assign(failing(), { giveUp: record }), rollback);
      expect(givenUp).toEqual([]);
    });
  });

  test('from properties that cannot be read any more', async () => {
    const widget = new RecordingWidget();
    await handle(widget, update({ OldResourceProperties: { Name: 1 } }));
    expect(widget.calls).toMatchObject([['update', { previous: undefined }]]);
  });

  test('of something with an invented ID keeps that ID: a new one would delete what stands behind it', async () => {
    const widget = new RecordingWidget();
    expect((await handle(widget, update({ PhysicalResourceId: INVENTED }))).answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: INVENTED }]);
    expect(widget.calls).toMatchObject([['update', { physicalId: ID }]]);
    const replaced = update({ PhysicalResourceId: INVENTED, ResourceProperties: { Name: 'n', Kind: 'CHINA' } });
    expect((await handle(widget, replaced)).answers).toMatchObject([{ PhysicalResourceId: 'widget:host.example:CHINA' }]);
  });
});

describe('Delete', () => {
  test('echoes the ID', async () => {
    const widget = new RecordingWidget();
    const { answers } = await handle(widget, request('Delete', { PhysicalResourceId: ID }));
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: ID, Reason: '' }]);
    expect(answers[0].Data).toBeUndefined();
    expect(widget.calls.map(([verb]) => verb)).toEqual(['delete']);
  });

  test('by an ID that CloudFormation invented works from the properties (fault 11)', async () => {
    const widget = new RecordingWidget();
    const { answers } = await handle(widget, request('Delete', { PhysicalResourceId: INVENTED }));
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: INVENTED }]);
    expect(widget.calls).toMatchObject([['delete', { physicalId: ID }]]);
  });

  test('by an ID that is not that of the properties changes nothing', async () => {
    const widget = new RecordingWidget();
    const { answers } = await handle(widget, request('Delete', { PhysicalResourceId: 'widget:other.example:GLOBAL' }));
    expect(answers).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: 'widget:other.example:GLOBAL', Reason: expect.stringContaining('nothing was deleted') }]);
    expect(widget.calls).toEqual([]);
  });

  test('without readable properties fails', async () => {
    const widget = new RecordingWidget();
    const { answers } = await handle(widget, request('Delete', { PhysicalResourceId: ID, ResourceProperties: {} }));
    expect(answers).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: ID }]);
    expect(widget.calls).toEqual([]);
  });

  test('that fails echoes the ID too', async () => {
    expect((await handle(failing(), request('Delete', { PhysicalResourceId: ID }))).answers).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: ID }]);
  });
});

test('the same request twice gives the same answer (fault 8)', async () => {
  const widget = new RecordingWidget();
  const first = await handle(widget, request('Create'));
  expect((await handle(widget, request('Create'))).answers).toEqual(first.answers);
});
