import { CloudFormationClient, CreateChangeSetCommand, DescribeChangeSetCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { Clients } from '../../../support/emulator/clients';
import { outputOf } from '../../../support/emulator/outputs';
import { inlineFunction } from '../../../support/emulator/resources/inline-function';
import { Stacks, Template } from '../../../support/emulator/stacks';
import { emulatorOfFile } from '../../../support/emulator/temporary-emulator';

const ACCOUNT = '111111111111';
const OTHER_REGION = 'eu-central-1';
const aws = emulatorOfFile(ACCOUNT);
let elsewhere: Stacks;
beforeAll(() => {
  elsewhere = new Stacks(new CloudFormationClient({ ...aws.emulator.clientConfig(ACCOUNT), region: OTHER_REGION }));
});

const parameter = (Name: string, Value: unknown, more: object = {}) => ({ Type: 'AWS::SSM::Parameter', Properties: { Name, Value, Type: 'String' }, ...more });
const producer = (value: string): Template => ({ Resources: { P: parameter('/producer', value) }, Outputs: { Value: { Value: value } } });
const get = (more: object = {}) => ({ 'Fn::GetStackOutput': { StackName: 'producer', OutputName: 'Value', ...more } });
const consumer = (value: unknown = get(), more: object = {}): Template => ({ Resources: { P: parameter('/consumer', value, more) }, Outputs: { Read: { Value: value } } });
const read = async () => (await aws.root.ssm.send(new GetParameterCommand({ Name: '/consumer' }))).Parameter!.Value;

test('an output is read where it is written, whatever is around it', async () => {
  await aws.root.stacks.create('producer', producer('one'));
  const code = `exports.handler = async ({ ResponseURL, StackId, RequestId, LogicalResourceId, ResourceProperties, RequestType }) => {
    if (!ResponseURL) return process.env.VALUE;
    const Data = { Seen: JSON.stringify(ResourceProperties.Deep) };
    await fetch(ResponseURL, { method: 'PUT', body: JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'id', StackId, RequestId, LogicalResourceId, Data }) });
  };`;
  const stack = await aws.root.stacks.create('consumer', {
    Resources: {
      ...inlineFunction('reader', { code, environment: { VALUE: get() as unknown as string } }),
      Custom: { Type: 'Custom::Reader', Properties: { ServiceToken: { 'Fn::GetAtt': ['reader', 'Arn'] }, Deep: { List: [{ Value: get() }] } } },
    },
    Outputs: {
      Seen: { Value: { 'Fn::GetAtt': ['Custom', 'Seen'] } },
      Join: { Value: { 'Fn::Join': ['-', ['a', get(), 'b']] } },
      Sub: { Value: { 'Fn::Sub': ['${It}/${AWS::Region}', { It: get({ StackName: { 'Fn::Sub': 'producer' } }) }] } },
      Select: { Value: { 'Fn::Select': [1, { 'Fn::Split': ['n', get()] }] } },
    },
  });
  expect(['Seen', 'Join', 'Sub', 'Select'].map((name) => outputOf(stack, name))).toEqual(['{"List":[{"Value":"one"}]}', 'a-one-b', 'one/us-east-1', 'e']);
  const { Payload } = await aws.root.lambda.send(new InvokeCommand({ FunctionName: 'reader', Payload: '{}' }));
  expect(Buffer.from(Payload!).toString()).toBe('"one"');
});

test('an output of another region is read when the region is given', async () => {
  await aws.root.stacks.create('producer', producer('here'));
  await elsewhere.create('producer', producer('there'));
  await elsewhere.create('consumer', consumer(get({ Region: 'us-east-1' })));
  const ssm = new SSMClient({ ...aws.emulator.clientConfig(ACCOUNT), region: OTHER_REGION });
  expect((await ssm.send(new GetParameterCommand({ Name: '/consumer' }))).Parameter!.Value).toBe('here');
  await aws.root.stacks.create('consumer', consumer(get({ Region: OTHER_REGION })));
  expect(await read()).toBe('there');
});

test.each([
  ['a stack that is not there', get({ StackName: 'unknown' }), 'Stack with id unknown does not exist'],
  ['a stack of another region', get({ Region: OTHER_REGION }), 'Stack with id producer does not exist in eu-central-1'],
  ['an output that is not there', get({ OutputName: 'Unknown' }), 'Stack producer in us-east-1 has no output Unknown'],
  ['a role', get({ RoleArn: 'arn:aws:iam::222222222222:role/reader' }), 'RoleArn is not modelled'],
])('%s fails the stack that reads it', async (_, value, words) => {
  await aws.root.stacks.create('producer', producer('one'));
  const { StackStatus, StackId } = await aws.root.stacks.create('consumer', consumer(value));
  expect(StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(await aws.root.stacks.reasonOf(StackId!)).toContain(words);
});

test('a stack of another account is none', async () => {
  await new Clients(aws.emulator, '222222222222').stacks.create('producer', producer('one'));
  expect((await aws.root.stacks.create('consumer', consumer())).StackStatus).toBe('ROLLBACK_COMPLETE');
});

test('what is read changes with the next update of the reader, and with nothing else', async () => {
  await aws.root.stacks.create('producer', producer('one'));
  await aws.root.stacks.create('consumer', consumer());
  expect((await aws.root.stacks.update('producer', producer('two'))).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await read()).toBe('one');
  await expect(aws.root.stacks.update('consumer', consumer())).rejects.toThrow('No updates are to be performed');
  const stack = await aws.root.stacks.update('consumer', consumer(get(), { Metadata: { Fingerprint: 'two' } }));
  expect([stack.StackStatus, outputOf(stack, 'Read'), await read()]).toEqual(['UPDATE_COMPLETE', 'two', 'two']);
});

test('a change set has no change where the template has none; where it has one, it reads anew', async () => {
  await aws.root.stacks.create('producer', producer('one'));
  await aws.root.stacks.create('consumer', consumer());
  await aws.root.stacks.update('producer', producer('two'));
  const { Id } = await aws.root.cloudFormation.send(new CreateChangeSetCommand({ StackName: 'consumer', ChangeSetName: 'same', ChangeSetType: 'UPDATE', TemplateBody: JSON.stringify(consumer()) }));
  expect(await aws.root.cloudFormation.send(new DescribeChangeSetCommand({ ChangeSetName: Id }))).toMatchObject({ Status: 'FAILED', StatusReason: expect.stringContaining('didn\'t contain changes') });
  const stack = await aws.root.stacks.deploy('consumer', 'UPDATE', consumer(get(), { Metadata: { Fingerprint: 'two' } }));
  expect([stack.StackStatus, await read()]).toEqual(['UPDATE_COMPLETE', 'two']);
});

test('nothing keeps the stack that is read; the reader goes on until it is updated', async () => {
  await aws.root.stacks.create('producer', producer('one'));
  await aws.root.stacks.create('consumer', consumer());
  expect((await aws.root.stacks.delete('producer')).StackStatus).toBe('DELETE_COMPLETE');
  expect(await read()).toBe('one');
  expect((await aws.root.stacks.update('consumer', consumer(get(), { Metadata: { Fingerprint: 'none' } }))).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await read()).toBe('one');
  expect((await aws.root.stacks.delete('consumer')).StackStatus).toBe('DELETE_COMPLETE');
});
