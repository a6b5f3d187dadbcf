import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { FUNCTION_ROLE_PATH } from '../../../src/wire/common';
import { resolve } from '../cloudformation/intrinsics';

/** Where a template is deployed to. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

export const CONNECTED_ACCOUNT = '222233334444';

/** Of what is deployed. */
export const STACK_NAME = 'Stack';

/** One place in each partition. */
export const PLACES: readonly Place[] = [
  { partition: 'aws', region: 'us-east-1', accountId: CONNECTED_ACCOUNT },
  { partition: 'aws-us-gov', region: 'us-gov-west-1', accountId: CONNECTED_ACCOUNT },
  { partition: 'aws-cn', region: 'cn-north-1', accountId: CONNECTED_ACCOUNT },
];

/** Those in which Qualys has an account of its own: not in China. */
export const PLACES_OF_QUALYS = PLACES.filter(({ partition }) => partition !== 'aws-cn');

export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: { readonly AWS: string };
  readonly Action: string | string[];
  readonly Resource?: string | string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Policy {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

/** A stack that knows where it is deployed to, or one that does not. */
export function stackIn(place?: Place, id = 'Stack', app = new App()): Stack {
  return new Stack(app, id, place && { env: { region: place.region, account: place.accountId } });
}

/** The trust policy of the only role that is not a function's, as it stands after a deployment to `place`. */
export function trustPolicy(stack: Stack, place: Place): Policy {
  return theOnly(stack, 'AWS::IAM::Role', 'AssumeRolePolicyDocument', place);
}

/** The document of the only managed policy, as it stands after a deployment to `place`. */
export function managedPolicy(stack: Stack, place: Place): Policy {
  return theOnly(stack, 'AWS::IAM::ManagedPolicy', 'PolicyDocument', place);
}

function theOnly(stack: Stack, type: string, property: string, place: Place): Policy {
  const template = Template.fromStack(stack);
  const resources = Object.values(template.findResources(type)).filter(({ Properties }) => Properties.Path !== FUNCTION_ROLE_PATH);
  if (resources.length !== 1) throw new Error(`the template has ${resources.length} resources of type ${type}, not one`);
  return deployed(resources[0].Properties[property], template.toJSON(), place) as Policy;
}

/** What CloudFormation makes of a value. Throws, as a deployment would fail, for what it cannot work out. */
export function deployed(value: unknown, template: Record<string, any>, place: Place): unknown {
  return resolve(value, {
    ref: (name) => pseudoParameter(name, place),
    attribute: (logicalId, attribute) => attributeOf(logicalId, attribute, template, place),
    mappings: template.Mappings,
  });
}

function pseudoParameter(name: string, { partition, region, accountId }: Place): string {
  const known: Record<string, string> = { 'AWS::Partition': partition, 'AWS::Region': region, 'AWS::AccountId': accountId, 'AWS::StackName': STACK_NAME };
  if (known[name] === undefined) throw new Error(`Ref of ${name} is not known here`);
  return known[name];
}

function attributeOf(logicalId: string, attribute: string, template: Record<string, any>, { partition, accountId }: Place): string {
  const { Type, Properties } = template.Resources[logicalId];
  if (Type !== 'AWS::IAM::User' || attribute !== 'Arn') throw new Error(`${attribute} of a ${Type} is not known here`);
  return `arn:${partition}:iam::${accountId}:user${Properties.Path ?? '/'}${Properties.UserName ?? `${logicalId}-ABCDEF`}`;
}
