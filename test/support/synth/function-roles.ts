import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Place } from './policies';
import { nameOf, plain } from './synth';
import { FUNCTION_ROLE_PATH } from '../../../src/wire/common';

/** A statement as text: what is known only at deployment is `${AWS::Region}`, `${User.Arn}` and so on. */
export interface RoleStatement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
}

export type Roles = Readonly<Record<string, readonly RoleStatement[]>>;

/** Every role of a function of the library, with each statement that any policy of the stack gives it. */
export function functionRoles(stack: Stack): Roles {
  const resources = Object.entries<any>(Template.fromStack(stack).toJSON().Resources)
    .map(([id, { Type, Properties }]) => ({ name: nameOf(id), type: Type as string, properties: plain(Properties) }));
  const inline = resources.filter(({ type, properties }) => type === 'AWS::IAM::Role' && properties.Policies);
  if (inline.length > 0) throw new Error(`${inline[0]!.name} has a policy of its own: give it a managed one`);
  const policies = resources.filter(({ type }) => /^AWS::IAM::(Managed|Role|)Policy$/.test(type));
  const roles = resources.filter(({ type, properties }) => type === 'AWS::IAM::Role' && properties.Path === FUNCTION_ROLE_PATH);
  return Object.fromEntries(roles.map(({ name, properties }) => {
    if (properties.ManagedPolicyArns) throw new Error(`${name} has a policy from elsewhere, which cannot be looked into`);
    return [name, policies.filter(({ properties: { Roles = [] } }) => Roles.includes(`\${${name}}`)).flatMap(({ properties: { PolicyDocument } }) => PolicyDocument.Statement)];
  }));
}

/** The same values as they are after a deployment to `place`; other references stay. */
export function placed<Value>(value: Value, { partition, region, accountId }: Place): Value {
  const text = JSON.stringify(value).replaceAll('${AWS::Partition}', partition).replaceAll('${AWS::Region}', region).replaceAll('${AWS::AccountId}', accountId);
  return JSON.parse(text);
}

export function listOf(value: string | string[]): string[] {
  return [value].flat();
}
