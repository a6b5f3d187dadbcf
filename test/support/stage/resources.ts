import { createHash } from 'node:crypto';
import { fixedTo } from './pins';
import type { NativeResource, Properties } from '../cloudformation/template';
import { FakeTable } from '../fake-aws/dynamodb';
import type { RightStatement } from '../fake-aws/rights';
import type { World } from '../lambda/world';

/** Where a resource stands, and what names are made from. */
export interface Place {
  readonly world: World;
  readonly stackName: string;
  /** Other for a stack of the same name that is made anew. */
  readonly generation: string;
  readonly logicalId: string;
  /** Functions may do everything: for a template of before with the handlers of now, which may ask for more. */
  readonly ignoresRights?: boolean;
}

type Maker = (place: Place) => NativeResource;

/** How a type of resources is made, from the properties that it reads. */
interface Model {
  readonly reads: readonly string[];
  readonly make: Maker;
}

const generated = ({ stackName, logicalId }: Place) => `${stackName}-${logicalId}-1B2C3D4E5F6G`;

export function secretArn({ world, stackName, generation, logicalId }: Place, name = `${stackName}-${logicalId}`): string {
  return world.secretArn(`${name}-${generation}`);
}

const user: Maker = (place) => {
  const { account, partition, accountId } = place.world.aws;
  const bring = ({ UserName = generated(place), Path = '/' }: Properties) => {
    account.users.add(UserName);
    account.paths.set(UserName, Path);
    return { physicalId: UserName, attributes: { Arn: `arn:${partition}:iam::${accountId}:user${Path}${UserName}` } };
  };
  return { create: bring, update: bring, delete: (_, name) => { if (account.users.has(name)) account.deleteUser(name); } };
};

const secret: Maker = (place) => {
  const { aws } = place.world;
  const bring = ({ Name }: Properties) => {
    const arn = secretArn(place, Name);
    if (aws.secret(arn).deleted) aws.secrets.delete(arn);
    return { physicalId: aws.secret(arn).arn };
  };
  return { create: bring, update: bring, delete: (_, arn) => { aws.secret(arn).deleted = true; } };
};

const rotationSchedule: Maker = ({ world: { aws } }) => {
  const set = ({ SecretId }: Properties) => { aws.secret(SecretId).rotationEnabled = true; };
  return { create: set, update: set, delete: ({ SecretId }) => { aws.secret(SecretId).rotationEnabled = false; } };
};

const topic: Maker = (place) => {
  const { aws } = place.world;
  return {
    create: ({ TopicName = generated(place) }) => {
      const arn = aws.arn('sns', TopicName);
      aws.topics.add(arn);
      return { physicalId: arn };
    },
    delete: (_, arn) => aws.topics.delete(arn),
  };
};

const role: Maker = (place) => {
  const { roles } = place.world.aws.account;
  return {
    create: ({ RoleName = generated(place).slice(-64), Path, AssumeRolePolicyDocument }) => (
      { physicalId: RoleName, attributes: { Arn: roles.create(RoleName, AssumeRolePolicyDocument, Path).arn } }),
    update: ({ AssumeRolePolicyDocument }, name) => {
      roles.setTrust(name, JSON.stringify(AssumeRolePolicyDocument));
      return { physicalId: name, attributes: { Arn: roles.get(name).arn } };
    },
    delete: (_, name) => roles.delete(name),
  };
};

/** Another description is another policy: what the one before allows lasts until it is deleted. */
const managedPolicy: Maker = (place) => {
  const { account, partition, accountId } = place.world.aws;
  const bring = ({ Description = '', Roles = [], PolicyDocument }: Properties) => {
    const version = createHash('sha256').update(Description).digest('hex').slice(0, 12);
    const arn = `arn:${partition}:iam::${accountId}:policy/${place.stackName}-${place.logicalId}-${version}`;
    for (const name of Roles) account.roles.attach(name, arn, PolicyDocument.Statement as RightStatement[]);
    return { physicalId: arn };
  };
  return { create: bring, update: bring, delete: ({ Roles = [] }, arn) => { for (const name of Roles) account.roles.detach(name, arn); } };
};

const table: Maker = (place) => {
  const { aws } = place.world;
  // Kept where a stack is deleted: one that is made anew gets another.
  const bring = ({ TableName = `${generated(place)}-${place.generation}` }: Properties) => {
    if (!aws.tables.has(TableName)) aws.tables.set(TableName, new FakeTable());
    return { physicalId: TableName, attributes: { Arn: aws.arn('dynamodb', `table/${TableName}`) } };
  };
  return { create: bring, update: bring, delete: (_, name) => { aws.tables.delete(name); } };
};

/** With the environment, the role and the time that the template gives it. */
/** Property of a function in these stacks: properties of what it serves that no construct makes as they are here. */
export const FIXED = 'FixedTo';

const lambdaFunction = (handler: string | undefined): Maker => ({ world, stackName, logicalId, ignoresRights }) => {
  const name = `${stackName}-${logicalId}`;
  const arn = world.aws.arn('lambda', `function:${name}`);
  const bring = ({ Environment, Role, Timeout, [FIXED]: fixed = '{}' }: Properties) => {
    const env = fixedTo(Environment?.Variables ?? {}, JSON.parse(fixed));
    const options = { env, role: ignoresRights ? undefined : Role, timeout: Number(Timeout) };
    if (handler) world.deployFunction(arn, handler, options);
    return { physicalId: name, attributes: { Arn: arn } };
  };
  return { create: bring, update: bring, delete: () => world.deleteFunction(arn) };
};

const MODELS: Readonly<Record<string, Model>> = {
  'AWS::IAM::User': { reads: ['UserName', 'Path'], make: user },
  'AWS::SecretsManager::Secret': { reads: ['Name'], make: secret },
  'AWS::SecretsManager::RotationSchedule': { reads: ['SecretId'], make: rotationSchedule },
  'AWS::SNS::Topic': { reads: ['TopicName'], make: topic },
  'AWS::DynamoDB::Table': { reads: ['TableName'], make: table },
  'AWS::IAM::Role': { reads: ['RoleName', 'Path', 'AssumeRolePolicyDocument'], make: role },
  'AWS::IAM::ManagedPolicy': { reads: ['Description', 'Roles', 'PolicyDocument'], make: managedPolicy },
  'AWS::Lambda::Function': { reads: ['Environment', 'Role', 'Timeout'], make: lambdaFunction(undefined) },
  // Nothing calls by itself here: a test hands over what the rule would.
  'AWS::Events::Rule': { reads: ['Targets'], make: () => ({ create: () => undefined }) },
};

/** The properties of a resource that its making reads, so that others need not be worked out. */
export function propertiesRead(type: string, properties: Properties): Properties {
  const { reads = [] } = MODELS[type] ?? {};
  return Object.fromEntries(reads.filter((name) => name in properties).map((name) => [name, properties[name]]));
}

/** What CloudFormation makes of a resource, as far as the handlers can see it. What they cannot see is there and nothing more. */
export function nativeResource(type: string, place: Place, handler?: string): NativeResource {
  if (type === 'AWS::Lambda::Function') return lambdaFunction(handler)(place);
  return MODELS[type]?.make(place) ?? { create: () => undefined };
}
