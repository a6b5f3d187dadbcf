import { HandlerName, handlerOf, ResourceType, RESOURCE_TYPES } from '../../../projenrc/handlers';
import type { Answer } from '../../support/cloudformation/answers';
import { FakeStackSet } from '../../support/fake-aws/organization/stack-sets';
import type { Ended, LambdaFunction } from '../../support/lambda/function';
import type { Traffic } from '../../support/lambda/traffic';
import type { World } from '../../support/lambda/world';
import { EXTERNAL_ID_PREFIX } from '../../support/stage/apps/base-account';
import { everythingApp, TRIED } from '../../support/stage/apps/everything';
import { SET } from '../../support/stage/apps/fleet';
import { ROLE_NAME } from '../../support/stage/apps/role-trust';
import { BaseAccountStage } from '../../support/stage/base-account-stage';
import { fixedTo } from '../../support/stage/pins';
import { SOMEBODY, VENDOR } from '../../support/stage/role-trust-stage';
import { synthesized } from '../../support/stage/synthesized';

/** A resource that a handler is asked about: the properties do as they stand. */
export interface Asked {
  readonly handler: HandlerName;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly properties: Readonly<Record<string, any>>;
  /** Paths of properties that may be left out. */
  readonly optional: readonly string[];
}

const OF_SERVICE = ['Service.Gateway', 'Service.PlatformUrl'];
const OPTIONAL: Readonly<Record<ResourceType, readonly string[]>> = {
  'Custom::QualysAccessKey': [],
  'Custom::QualysBaseAccount': [...OF_SERVICE, 'AccessKeyId', 'UseInAssetView', 'DeletionProtection', 'DeletesFormerUser', 'VerifyAccessTo', 'Delivery.Api', 'Delivery.NotifyTopicArn'],
  'Custom::QualysConnector': [...OF_SERVICE, 'Description', 'Activation', 'Regions'],
  'Custom::QualysAccountLookup': OF_SERVICE,
  'Custom::QualysConnectorFleet': [...OF_SERVICE, 'Activation', 'Regions', 'DefaultTags', 'Sources.0.ExcludedAccounts'],
  'Custom::QualysRoleTrust': ['Statements.1.Condition.ArnEquals'],
};

/** As the vendor's template made it, with a statement of somebody else. */
export const TRUST = `{ "Version":"2012-10-17",\n "Statement": [${VENDOR},\n ${SOMEBODY}] }`;

/** By type, the logical ID in the template. */
const IDS = () => Object.fromEntries(Object.entries(synthesized(everythingApp, {}).Resources)
  .filter(([, { Type }]) => handlerOf(Type)).map(([id, { Type }]) => [Type, id])) as Readonly<Record<ResourceType, string>>;

function stageFor(): BaseAccountStage {
  const stage = new BaseAccountStage({ writeApi: true }, everythingApp);
  stage.world.aws.account.roles.create(ROLE_NAME, TRUST);
  const { aws } = stage.world;
  aws.connectedRoles.set(TRIED, { externalId: `${EXTERNAL_ID_PREFIX}${TRIED}` });
  const set = new FakeStackSet(SET, aws.region, aws.partition);
  aws.stackSets.set(SET, set);
  aws.organization.join(TRIED);
  set.deploy([TRIED]);
  return stage;
}

/** By type, the IDs that the functions answer with when everything is deployed. */
let physicalIds: Promise<ReadonlyMap<string, string>> | undefined;

async function deployEverything(): Promise<ReadonlyMap<string, string>> {
  const stage = stageFor();
  if (await stage.deploy() !== 'CREATE_COMPLETE') throw new Error(`the scene cannot be set: ${stage.failure}`);
  stage.world.end();
  return new Map([...stage.stack.resources.values()].map(({ template, physicalId }) => [template.type, physicalId]));
}

export interface SceneOptions {
  /** Key, registration and connector are there already. */
  readonly deployed?: boolean;
  /** Without the base account: for connectors, which need none. */
  readonly connectorsOnly?: boolean;
}

/** One account and one subscription with all that the library's resources need, and what was there before an input came. */
export class Scene {
  public static async make(options: SceneOptions = {}): Promise<Scene> {
    const { deployed = true, connectorsOnly = false } = options;
    const ids = await (physicalIds ??= deployEverything());
    const stage = stageFor();
    const { 'Custom::QualysAccessKey': key, 'Custom::QualysBaseAccount': registration, 'Custom::QualysConnector': connector, ...others } = IDS();
    const without = [...Object.values(others), ...connectorsOnly ? [key, registration] : [], ...deployed ? [] : [registration, connector]];
    if (await stage.deploy({}, { without }) !== 'CREATE_COMPLETE') throw new Error(`the scene cannot be set: ${stage.failure}`);
    const asked = new Map<ResourceType, Asked>();
    const functions = new Map<string, LambdaFunction>();
    for (const type of connectorsOnly ? RESOURCE_TYPES.filter((one) => IDS()[one] !== registration) : RESOURCE_TYPES) {
      const { ServiceToken, ServiceTimeout, ...properties } = await stage.properties(IDS()[type]);
      const handler = handlerOf(type)!;
      functions.set(handler, stage.world.functionAt(ServiceToken));
      asked.set(type, { handler, logicalId: IDS()[type], physicalId: ids.get(type)!, properties, optional: OPTIONAL[type] });
    }
    const scene = new Scene(stage, asked, functions, options);
    scene.remember();
    return scene;
  }

  public readonly world: World;
  /** What calls of the next input throw. */
  public breaks?: Traffic['throws'];
  private before = '';
  private serviceBefore = '';
  private count = 0;
  private restore?: () => void;

  private constructor(
    public readonly stage: BaseAccountStage,
    private readonly all: ReadonlyMap<ResourceType, Asked>,
    private readonly functions: ReadonlyMap<string, LambdaFunction>,
    private readonly options: SceneOptions,
  ) {
    this.world = stage.world;
  }

  public asked(type: ResourceType): Asked {
    return this.all.get(type)!;
  }

  /** The function of this type serves what is deployed with these changes. */
  public deployWith(type: ResourceType, changes: object): void {
    const served = this.functions.get(this.asked(type).handler)!;
    served.configure(fixedTo(served.environment, changes));
  }

  /** A request as CloudFormation sends it. */
  public event(requestType: string, type: ResourceType, properties?: unknown): Record<string, unknown> {
    const { logicalId, physicalId, properties: valid } = this.asked(type);
    const requestId = `00000000-0000-4000-8000-${String(++this.count).padStart(12, '0')}`;
    return {
      RequestType: requestType,
      ResponseURL: this.world.answers.url(requestId),
      StackId: this.stage.stack.stackId,
      RequestId: requestId,
      LogicalResourceId: logicalId,
      ResourceType: type,
      ResourceProperties: properties ?? valid,
      ...(requestType === 'Create' ? {} : { PhysicalResourceId: physicalId }),
      ...(requestType === 'Update' ? { OldResourceProperties: valid } : {}),
    };
  }

  /** Sends it to the handler of its type, or to the one given. Exactly one answer, or none where no URL can be used. */
  public async send(event: Readonly<Record<string, unknown>>, handler?: string): Promise<Sent> {
    const { world } = this;
    const { traffic, answers, log } = world;
    traffic.restart();
    traffic.throws = this.breaks;
    log.length = 0;
    const known = RESOURCE_TYPES.find((type) => type === (event as { ResourceType?: unknown } | null)?.ResourceType);
    const before = answers.puts.length;
    const ended = await this.functions.get(handler ?? (known ? this.asked(known).handler : 'access-key'))!.invoke(event);
    const puts = answers.puts.slice(before);
    const reached = traffic.calls.filter(({ surface }) => surface !== 'answer').map(({ step }) => step);
    return { ended, puts, answer: puts[0], reached };
  }

  /** Everything at AWS and at the service. */
  public state(): string {
    const { aws, service } = this.world;
    return JSON.stringify({
      users: [...aws.account.users],
      keys: aws.account.keys,
      trust: aws.account.roles.get(ROLE_NAME).trust,
      secrets: [...aws.secrets].map(([arn, { versions, tags, deleted }]) => (
        [arn, versions.map(({ id, value, stages }) => [id, value, [...stages]]), [...tags], deleted])),
      parameters: [...aws.parameters],
      published: aws.published,
      entries: service.baseAccounts(),
      connectors: service.connectors(),
    });
  }

  /** What does not count as work in progress: keys, roles, entries and connectors. */
  public standing(): string {
    const { aws, service } = this.world;
    const live = service.connectors().filter(({ isDeleted }) => !isDeleted).map(({ settings }) => settings);
    const keys = aws.account.keys.map(({ accessKeyId, status }) => [accessKeyId, status]);
    return JSON.stringify([keys, aws.account.roles.get(ROLE_NAME).trust, service.baseAccounts(), live]);
  }

  /** From here on, this is what was there before. */
  public remember(): void {
    this.before = this.state();
    this.serviceBefore = this.atService();
    const { aws } = this.world;
    const { keys, users, roles } = aws.account;
    const kept = {
      keys: keys.map((key) => ({ ...key })),
      users: [...users],
      trust: roles.get(ROLE_NAME).trust,
      tags: [...roles.get(ROLE_NAME).tags],
      parameters: [...aws.parameters],
      secrets: [...aws.secrets].map(([arn, { versions, tags }]) => (
        { arn, versions: versions.map(({ id, value, stages }) => ({ id, value, stages: [...stages] })), tags: [...tags] })),
    };
    this.restore = () => {
      keys.splice(0, Infinity, ...kept.keys.map((key) => ({ ...key })));
      refill(users, kept.users);
      const role = roles.get(ROLE_NAME);
      roles.change(ROLE_NAME, kept.trust);
      refill(role.tags, kept.tags);
      refill(aws.parameters, kept.parameters);
      aws.published.length = 0;
      aws.secrets.forEach((_, arn) => { if (!kept.secrets.some((secret) => secret.arn === arn)) aws.secrets.delete(arn); });
      for (const { arn, versions, tags } of kept.secrets) {
        const secret = aws.secret(arn);
        secret.versions.splice(0, Infinity, ...versions.map((version) => ({ ...version, stages: new Set(version.stages) })));
        refill(secret.tags, tags);
      }
    };
  }

  public get touched(): boolean {
    return this.state() !== this.before;
  }

  /** The scene for the next input: this one with AWS as it was; another one where the last input has changed the service. */
  public async next(): Promise<Scene> {
    if (!this.touched) return this;
    if (this.atService() !== this.serviceBefore) return Scene.make(this.options);
    this.restore!();
    return this;
  }

  private atService(): string {
    const { service } = this.world;
    return JSON.stringify([service.baseAccounts(), service.connectors()]);
  }
}

export interface Sent {
  readonly ended: Ended;
  /** Every answer that was put, in bytes and parsed. */
  readonly puts: readonly Answer[];
  readonly answer?: Answer;
  /** Outbound calls other than the answer. */
  readonly reached: readonly string[];
}

const MAXIMUM_ID = 1024;

/** One clear answer that CloudFormation can take. (That it has at most 4,096 bytes is checked where it is taken.) */
export function expectOneAnswer({ ended, puts, answer }: Sent): Answer {
  expect(ended.outcome).toBe('returned');
  expect(puts).toHaveLength(1);
  const { Status, Reason, PhysicalResourceId } = answer!;
  expect(['SUCCESS', 'FAILED']).toContain(Status);
  if (Status === 'FAILED') expect(Reason).toMatch(/\S.{10}/);
  const bytes = Buffer.byteLength(PhysicalResourceId);
  expect(bytes > 0 && bytes <= MAXIMUM_ID).toBe(true);
  return answer!;
}

function refill<T>(set: Set<T>, items: readonly T[]): void;
function refill<K, V>(map: Map<K, V>, items: readonly (readonly [K, V])[]): void;
function refill(collection: Set<unknown> | Map<unknown, unknown>, items: readonly any[]): void {
  collection.clear();
  items.forEach((item) => (collection instanceof Set ? collection.add(item) : collection.set(item[0], item[1])));
}
