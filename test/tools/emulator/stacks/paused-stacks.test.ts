import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand, DeleteRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { inlineFunction, statements } from '../../../support/emulator/resources/inline-function';
import { Template } from '../../../support/emulator/stacks';
import { emulatorOfFile } from '../../../support/emulator/temporary-emulator';

const ACCOUNT = '111111111111';
const aws = emulatorOfFile(ACCOUNT);

const CODE = `exports.handler = async (event) => {
  const { RequestType, PhysicalResourceId, ResourceProperties: { Value, Fail }, OldResourceProperties: old } = event;
  console.log([RequestType, PhysicalResourceId ?? '-', Value, old?.Value ?? '-'].join(' '));
  const { StackId, RequestId, LogicalResourceId } = event;
  const Status = Fail === RequestType ? 'FAILED' : 'SUCCESS';
  await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify({ Status, Reason: 'as told', PhysicalResourceId: PhysicalResourceId ?? 'id-' + Value, StackId, RequestId, LogicalResourceId }) });
};`;
const parameter = (name: string, Value: string, more: object = {}) => ({ Type: 'AWS::SSM::Parameter', Properties: { Name: `/${name}`, Type: 'String', Value }, ...more });
/** A parameter, a custom resource that needs it, and a parameter that needs that one. Each test has a function, so a file, of its own. */
const template = (name: string, Value: string, Fail: string, more: object = {}): Template => ({
  Resources: {
    ...inlineFunction(name, { code: CODE }),
    Before: parameter('before', Value),
    Custom: { Type: 'Custom::Test', DependsOn: 'Before', Properties: { ServiceToken: { 'Fn::GetAtt': [name, 'Arn'] }, Value, Fail } },
    After: parameter('after', Value, { DependsOn: 'Custom' }),
    ...more,
  },
});
const requests = (name: string) => {
  const file = join(aws.emulator.functionOutputFolder, `${ACCOUNT}.${name}.log`);
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};
const value = (name: string) => aws.root.ssm.send(new GetParameterCommand({ Name: `/${name}` })).then(({ Parameter }) => Parameter!.Value, () => undefined);
const values = async () => [await value('before'), await value('after')];
const statusOf = async (id: string) => (await aws.root.cloudFormation.send(new DescribeStackResourcesCommand({ StackName: 'stack' })))
  .StackResources!.find(({ LogicalResourceId }) => LogicalResourceId === id)?.ResourceStatus;
const DISABLED = { DisableRollback: true };

test.each([['DisableRollback', DISABLED], ['OnFailure', { OnFailure: 'DO_NOTHING' as const }]])('%s leaves what a failed creation has made; a corrected update takes it up', async (by, option) => {
  const name = `create-${by.toLowerCase()}`;
  expect((await aws.root.stacks.create('stack', template(name, 'one', 'Create'), option)).StackStatus).toBe('CREATE_FAILED');
  expect([await values(), await statusOf('Before'), await statusOf('Custom'), await statusOf('After')]).toEqual([['one', undefined], 'CREATE_COMPLETE', 'CREATE_FAILED', undefined]);
  await expect(aws.root.stacks.update('stack', template(name, 'two', 'None'))).rejects.toThrow(/non-terminal \[CREATE_FAILED\] state.*disable-rollback/);
  expect((await aws.root.stacks.update('stack', template(name, 'two', 'None'), DISABLED)).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await values()).toEqual(['two', 'two']);
  expect(requests(name)).toEqual(['Create - one -', 'Delete id-one one -', 'Create - two -']);
  expect((await aws.root.stacks.delete('stack')).StackStatus).toBe('DELETE_COMPLETE');
  expect(await values()).toEqual([undefined, undefined]);
});

test('the same template is tried again, by a change set too', async () => {
  await aws.root.iam.send(new CreateRoleCommand({ RoleName: 'taken', AssumeRolePolicyDocument: JSON.stringify(trust()) }));
  const role: Template = { Resources: { Before: parameter('before', 'one'), Role: { Type: 'AWS::IAM::Role', DependsOn: 'Before', Properties: { RoleName: 'taken', AssumeRolePolicyDocument: trust() } } } };
  expect((await aws.root.stacks.deploy('stack', 'CREATE', role, {}, DISABLED)).StackStatus).toBe('CREATE_FAILED');
  await expect(aws.root.stacks.deploy('stack', 'UPDATE', role)).rejects.toThrow(/non-terminal \[CREATE_FAILED\] state/);
  expect((await aws.root.stacks.update('stack', role, DISABLED)).StackStatus).toBe('UPDATE_FAILED');
  await aws.root.iam.send(new DeleteRoleCommand({ RoleName: 'taken' }));
  expect((await aws.root.stacks.deploy('stack', 'UPDATE', role, {}, DISABLED)).StackStatus).toBe('UPDATE_COMPLETE');
  await aws.root.iam.send(new GetRoleCommand({ RoleName: 'taken' }));
});

const trust = () => statements([{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: ACCOUNT } }]);

test('a failed update leaves what it has changed; the next one is told what was there before', async () => {
  await aws.root.stacks.create('stack', template('update', 'one', 'None'));
  expect((await aws.root.stacks.update('stack', template('update', 'two', 'Update'), DISABLED)).StackStatus).toBe('UPDATE_FAILED');
  expect([await values(), await statusOf('Custom')]).toEqual([['two', 'one'], 'UPDATE_FAILED']);
  expect((await aws.root.stacks.update('stack', template('update', 'three', 'None'), DISABLED)).StackStatus).toBe('UPDATE_COMPLETE');
  expect([await values(), await statusOf('Custom')]).toEqual([['three', 'three'], 'UPDATE_COMPLETE']);
  expect(requests('update')).toEqual(['Create - one -', 'Update id-one two one', 'Update id-one three one']);
});

test('what failed goes when the corrected template has it no more, and what comes after the failure is made', async () => {
  await aws.root.stacks.create('stack', template('dropped', 'one', 'Create'), DISABLED);
  const { Custom, ...Resources } = template('dropped', 'one', 'None').Resources as Record<string, object>;
  expect((await aws.root.stacks.update('stack', { Resources: { ...Resources, After: parameter('after', 'one') } }, DISABLED)).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await values()).toEqual(['one', 'one']);
  expect(requests('dropped')).toEqual(['Create - one -', 'Delete id-one one -']);
});

test.each([['RollbackStack', 'ROLLBACK_COMPLETE', 'rollBack'], ['DeleteStack', 'DELETE_COMPLETE', 'delete']] as const)('%s takes away what a failed creation has left, and keeps what is retained', async (_, status, act) => {
  const name = `left-${act}`;
  const kept = parameter('kept', 'one', { DeletionPolicy: 'Retain' });
  const custom = template(name, 'one', 'Create', { Kept: kept });
  await aws.root.stacks.deploy('stack', 'CREATE', custom, {}, DISABLED);
  expect((await aws.root.stacks[act]('stack')).StackStatus).toBe(status);
  expect([await values(), await value('kept')]).toEqual([[undefined, undefined], 'one']);
  expect(requests(name)).toEqual(['Create - one -', 'Delete id-one one -']);
});

test('in express mode rollback is disabled unless it is asked for, and the mode is told', async () => {
  const express = { DeploymentConfig: { Mode: 'EXPRESS' as const } };
  const failed = await aws.root.stacks.deploy('stack', 'CREATE', template('express', 'one', 'Create'), express);
  expect(failed).toMatchObject({ StackStatus: 'CREATE_FAILED', DeploymentConfig: { Mode: 'EXPRESS' } });
  const corrected = await aws.root.stacks.deploy('stack', 'UPDATE', template('express', 'two', 'None'), express);
  expect([corrected.StackStatus, await values()]).toEqual(['UPDATE_COMPLETE', ['two', 'two']]);
  const rolledBack = { DeploymentConfig: { Mode: 'EXPRESS' as const, DisableRollback: false } };
  expect((await aws.root.stacks.deploy('stack', 'UPDATE', template('express', 'three', 'Update'), rolledBack)).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await aws.root.stacks.update('stack', template('express', 'four', 'None'))).DeploymentConfig).toBeUndefined();
});

test('without it everything is as before', async () => {
  expect((await aws.root.stacks.create('stack', template('plain', 'one', 'Create'))).StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(await values()).toEqual([undefined, undefined]);
});
