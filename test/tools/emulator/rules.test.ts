import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '../../support/emulator/processes/wait-until';
import { inlineFunction } from '../../support/emulator/resources/inline-function';
import { emulatorOfFile } from '../../support/emulator/temporary-emulator';

const ACCOUNT = '111111111111';
const aws = emulatorOfFile(ACCOUNT);

const CODE = 'exports.handler = async (event) => console.log(JSON.stringify(event));';
const permission = (name: string, properties: object) => ({
  Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { 'Fn::GetAtt': [name, 'Arn'] }, Principal: 'events.amazonaws.com', ...properties },
});
const rule = (name: string, ScheduleExpression: string) => ({
  Type: 'AWS::Events::Rule',
  Properties: { Name: name, ScheduleExpression, State: 'ENABLED', Targets: [{ Id: 'target', Arn: { 'Fn::GetAtt': [name, 'Arn'] }, Input: `{"of":"${name}"}` }] },
});
const arn = (name: string) => `arn:aws:events:us-east-1:${ACCOUNT}:rule/${name}`;
const events = (name: string) => {
  const file = join(aws.emulator.functionOutputFolder, `${ACCOUNT}.${name}.log`);
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};

test('a rule calls a function whose policy lets it, when the schedules are fired, and no other', async () => {
  const cases = {
    permitted: permission('permitted', { SourceArn: arn('permitted') }),
    ofaccount: permission('ofaccount', { SourceAccount: ACCOUNT }),
    another: permission('another', { SourceArn: arn('permitted') }),
    service: permission('service', { Principal: 'secretsmanager.amazonaws.com' }),
    unpermitted: undefined,
  };
  const stack = await aws.root.stacks.create('stack', {
    Resources: Object.assign({}, ...Object.entries(cases).map(([name, allowed]) => ({
      ...inlineFunction(name, { code: CODE }), [`${name}Rule`]: rule(name, 'rate(5 minutes)'), ...allowed === undefined ? {} : { [`${name}Permission`]: allowed },
    }))),
  });
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  expect(events('permitted')).toEqual([]);
  for (let round = 1; round <= 2; round++) {
    await aws.emulator.fireSchedules();
    expect(await waitUntil(() => ['permitted', 'ofaccount'].every((name) => events(name).length === round), 5_000)).toBe(true);
  }
  expect(events('permitted')).toEqual(['{"of":"permitted"}', '{"of":"permitted"}']);
  expect(['another', 'service', 'unpermitted'].flatMap(events)).toEqual([]);
});
