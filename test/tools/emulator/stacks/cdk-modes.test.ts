import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateRoleCommand, DeleteRoleCommand } from '@aws-sdk/client-iam';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { Cdk } from '../../../support/emulator/cdk';
import { Clients } from '../../../support/emulator/clients';
import { NODE_MODULES } from '../../../support/emulator/repository';
import { statements } from '../../../support/emulator/resources/inline-function';
import { FIRST_START, startTemporaryEmulator, TemporaryEmulator } from '../../../support/emulator/temporary-emulator';

const ACCOUNT = '111111111111';
const PATIENCE = 300_000;

/** The stack Reader reads, by a weak reference, the parameter's name in Read, and has roles whose names may be taken. */
const APP = `
const { App, Stack } = require('aws-cdk-lib');
const { AccountRootPrincipal, Role } = require('aws-cdk-lib/aws-iam');
const { CfnParameter, StringParameter } = require('aws-cdk-lib/aws-ssm');
const app = new App({ postCliContext: { '@aws-cdk/core:defaultCrossStackReferences': 'weak' } });
const env = { account: '${ACCOUNT}', region: 'us-east-1' };
const read = new CfnParameter(new Stack(app, 'Read', { env }), 'Parameter', { type: 'String', value: 'v', name: app.node.getContext('name') });
const reader = new Stack(app, 'Reader', { env });
const parameter = new StringParameter(reader, 'Parameter', { parameterName: '/reader', stringValue: read.ref });
for (const roleName of app.node.getContext('roles').split(',')) {
  new Role(reader, roleName, { roleName, assumedBy: new AccountRootPrincipal() }).node.addDependency(parameter);
}
`;

let temporary: TemporaryEmulator;
let root: Clients;
let cdk: Cdk;
let work: string;
beforeAll(async () => {
  temporary = await startTemporaryEmulator();
  root = new Clients(temporary.emulator, ACCOUNT);
  cdk = new Cdk({ emulator: temporary.emulator, account: ACCOUNT, folder: join(temporary.folder, 'cdk'), env: { NODE_PATH: NODE_MODULES } });
  work = join(temporary.folder, 'work');
  mkdirSync(work);
  writeFileSync(join(work, 'app.js'), APP);
}, FIRST_START);
afterAll(() => temporary.remove());

const seen = async () => (await root.ssm.send(new GetParameterCommand({ Name: '/reader' }))).Parameter!.Value;
const app = (name: string, roles: string) => ({ app: 'node app.js', cwd: work, context: { name, roles } });
const take = (RoleName: string) => root.iam.send(new CreateRoleCommand({
  RoleName, AssumeRolePolicyDocument: JSON.stringify(statements([{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: ACCOUNT } }])),
}));

test('the CDK CLI takes up what a deployment without rollback has left, and passes over a reader whose template stays', async () => {
  expect(await cdk.bootstrap([ACCOUNT])).toMatchObject({ exitCode: 0 });
  await take('taken');
  const failed = await cdk.deploy({ ...app('/one', 'taken'), rollback: false });
  expect(failed).toMatchObject({ exitCode: 1, output: expect.stringContaining('Role with name taken already exists') });
  expect(await seen()).toBe('/one');
  await root.iam.send(new DeleteRoleCommand({ RoleName: 'taken' }));
  expect(await cdk.deploy({ ...app('/one', 'taken'), rollback: false })).toMatchObject({ exitCode: 0 });

  expect(await cdk.deploy(app('/two', 'taken'))).toMatchObject({ exitCode: 0, output: expect.stringMatching(/Reader \(no changes\)/) });
  expect(await seen()).toBe('/one');

  await take('express');
  const express = { ...app('/two', 'taken,express'), express: true };
  expect(await cdk.deploy(express)).toMatchObject({ exitCode: 1, output: expect.stringContaining('Role with name express already exists') });
  expect(await seen()).toBe('/two');
  await root.iam.send(new DeleteRoleCommand({ RoleName: 'express' }));
  expect(await cdk.deploy(express)).toMatchObject({ exitCode: 0 });
}, PATIENCE);
