import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { ConnectorRoleStackSet } from '../../../src/fleet/connector-role-stack-set';
import { ConnectorRoleStackSetProps } from '../../../src/fleet/connector-role-stack-set-props';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { Place, deployed, Policy } from '../synth/policies';
import { resourcesOf } from '../synth/template';

export const ADMINISTRATOR = { account: '111111111111', region: 'eu-west-1' };
export const UNIT = 'ou-ab12-c3d4e5f6';
export const QUALYS = TrustPrincipal.qualysAccount();
export const BASE = TrustPrincipal.baseAccount(ADMINISTRATOR.account, { userName: 'qualys-base-account' });

/** The stack of a delegated administrator. */
export function administratorStack(app = new App()): Stack {
  return new Stack(app, 'Roles', { env: ADMINISTRATOR });
}

export function stackSetIn(stack: Stack, props: Partial<ConnectorRoleStackSetProps> = {}, id = 'Set'): ConnectorRoleStackSet {
  return new ConnectorRoleStackSet(stack, id, {
    organizationalUnits: [UNIT],
    roleName: 'QualysConnector',
    trust: BASE,
    externalId: ExternalId.perAccount('40952281773650912864'),
    permissions: ConnectorPermissions.securityPosture(),
    ...props,
  });
}

/** The template of every account, as it stands in the first stack set of a stack. */
export function bodyOf(stack: Stack): string {
  return propertiesOf(stack).TemplateBody;
}

/** The properties of the first stack set of a stack. */
export function propertiesOf(stack: Stack): Record<string, any> {
  return resourcesOf(stack).find(({ type }) => type === 'AWS::CloudFormation::StackSet')!.properties;
}

/** The one role of a template, as CloudFormation makes it in an account. */
export function memberRole(body: string, place: Place): Record<string, any> & { readonly AssumeRolePolicyDocument: Policy } {
  const template = JSON.parse(body);
  const [role] = Object.values<any>(template.Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
  return deployed({ ...role.Properties, ManagedPolicyArns: undefined }, template, place) as never;
}

/** The file of the template, as the assembly of its stage has it. */
export function fileOf(set: ConnectorRoleStackSet): string {
  return readFileSync(join(Stage.of(set)!.synth().directory, set.templateFile), 'utf8');
}
