import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { inlineFunction } from '../../../support/emulator/resources/inline-function';
import { Resources } from '../../../support/emulator/stacks';
import { emulatorOfFile } from '../../../support/emulator/temporary-emulator';

const aws = emulatorOfFile();

/** Answers FAILED to what its properties name, and to every Delete as long as the parameter /refuse exists. */
const CODE = `
const { GetParameterCommand, SSMClient } = require('@aws-sdk/client-ssm');
exports.handler = async (event) => {
  console.log(event.RequestType, event.PhysicalResourceId, event.ResourceProperties.Value);
  const { Answer, Fail, Silent } = event.ResourceProperties;
  if (Silent === event.RequestType) return;
  const refused = event.RequestType === 'Delete'
    && await new SSMClient({}).send(new GetParameterCommand({ Name: '/refuse' })).then(() => true, () => false);
  const Status = refused || Fail === event.RequestType ? 'FAILED' : 'SUCCESS';
  const { StackId, RequestId, LogicalResourceId } = event;
  const PhysicalResourceId = event.PhysicalResourceId ?? Answer;
  await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify({ Status, Reason: 'as told', PhysicalResourceId, StackId, RequestId, LogicalResourceId }) });
};`;

const ALLOW = [{ Action: ['ssm:GetParameter'], Resource: 'arn:aws:ssm:us-east-1:111111111111:parameter/refuse' }];
const parameter = (name: string) => ({ Type: 'AWS::SSM::Parameter', Properties: { Name: `/${name}`, Type: 'String', Value: 'v' } });

/** A custom resource that needs a parameter, beside one that it does not need. Each test has a function, so a file, of its own. */
const resources = (name: string, properties: object): Resources => ({
  ...inlineFunction(name, { code: CODE, allow: ALLOW }),
  Needed: parameter('needed'),
  Unrelated: parameter('unrelated'),
  Custom: {
    Type: 'Custom::Test',
    DependsOn: ['Needed'],
    Properties: { ServiceToken: { 'Fn::GetAtt': [name, 'Arn'] }, Answer: 'chosen-id', ...properties },
  },
});
const requests = (name: string) => {
  const file = join(aws.emulator.functionOutputFolder, `111111111111.${name}.log`);
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};
const exists = (name: string) => aws.root.ssm.send(new GetParameterCommand({ Name: `/${name}` })).then(() => true, () => false);
const refuse = () => aws.root.ssm.send(new PutParameterCommand({ Name: '/refuse', Value: 'v', Type: 'String' }));
const refuseNoMore = () => aws.root.ssm.send(new DeleteParameterCommand({ Name: '/refuse' }));

test('a failed Create is followed by a Delete of the ID that was answered', async () => {
  expect((await aws.root.stacks.create('stack', { Resources: resources('failing', { Fail: 'Create' }) })).StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(requests('failing')).toEqual(['Create undefined undefined', 'Delete chosen-id undefined']);
  expect(await exists('needed')).toBe(false);
});

test('a Create that gets no answer is followed by a Delete of an ID that was made up', async () => {
  const stack = await aws.root.stacks.create('stack', { Resources: resources('silent', { Silent: 'Create', ServiceTimeout: 1 }) });
  expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(requests('silent')).toEqual(['Create undefined undefined', expect.stringMatching(/^Delete stack-Custom-\w+ undefined$/)]);
});

test('a Create that fails in an update is undone, and the rest of the stack stays', async () => {
  const { Custom, ...others } = resources('later', { Fail: 'Create' });
  await aws.root.stacks.create('stack', { Resources: others });
  expect((await aws.root.stacks.update('stack', { Resources: { ...others, Custom: Custom! } })).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(requests('later')).toEqual(['Create undefined undefined', 'Delete chosen-id undefined']);
  expect(await exists('needed')).toBe(true);
});

test('a failed Update is followed by an Update back', async () => {
  await aws.root.stacks.create('stack', { Resources: resources('updated', { Value: 'old' }) });
  const stack = await aws.root.stacks.update('stack', { Resources: resources('updated', { Value: 'new', Fail: 'Update' }) });
  expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(requests('updated')).toEqual(['Create undefined old', 'Update chosen-id new', 'Update chosen-id old']);
});

test('after a failed Delete stays what the resource needs, and a retried deletion takes it up', async () => {
  await aws.root.stacks.create('stack', { Resources: resources('refusing', {}) });
  await refuse();
  expect((await aws.root.stacks.delete('stack')).StackStatus).toBe('DELETE_FAILED');
  expect([await exists('needed'), await exists('unrelated')]).toEqual([true, false]);

  await refuseNoMore();
  expect((await aws.root.stacks.delete('stack')).StackStatus).toBe('DELETE_COMPLETE');
  expect(await exists('needed')).toBe(false);
  expect(requests('refusing')).toEqual(['Create undefined undefined', 'Delete chosen-id undefined', 'Delete chosen-id undefined']);
});

test('a rollback whose Delete fails keeps what the resource needs, and a deletion of the stack takes it up', async () => {
  await refuse();
  expect((await aws.root.stacks.create('stack', { Resources: resources('stuck', { Fail: 'Create' }) })).StackStatus).toBe('ROLLBACK_FAILED');
  expect([await exists('needed'), await exists('unrelated')]).toEqual([true, false]);

  await refuseNoMore();
  expect((await aws.root.stacks.delete('stack')).StackStatus).toBe('DELETE_COMPLETE');
  expect(await exists('needed')).toBe(false);
  expect(requests('stuck')).toEqual(['Create undefined undefined', 'Delete chosen-id undefined', 'Delete chosen-id undefined']);
});
