import { deployable, DeployableOptions } from './deployable';
import { Build, synthesized } from './synthesized';
import type { Answer } from '../cloudformation/answers';
import { CustomRequest, Requests, SentRequest } from '../cloudformation/requests';
import { Stack, StackStatus } from '../cloudformation/stack';
import type { Properties, Template } from '../cloudformation/template';
import type { LambdaFunction } from '../lambda/function';
import { Seats } from '../lambda/seat';
import { World, WorldOptions } from '../lambda/world';
import { seededUuid } from '../seeded';

export interface StageOptions extends WorldOptions {
  readonly stackName?: string;
  /** Part of the stack's ID; give another one to a stack that is made anew. */
  readonly stackSuffix?: string;
  /** Another stage, whose account and subscription this one shares. */
  readonly beside?: { readonly world: World; readonly requests: Requests };
  readonly world?: World;
}

/** What the template of an app does not say. */
export interface Deployment extends Pick<DeployableOptions, 'raw' | 'without' | 'ignoresPolicies'> {
  /** Further resources of the stack. */
  readonly more?: Template;
}

export interface Asked<App> extends Deployment {
  /** What the stack goes to; as it was said last unless given. */
  readonly app?: App;
  /** What it comes from, on Update; as it stands unless given. */
  readonly from?: App;
  readonly physicalId?: string;
  readonly requestId?: string;
  readonly stackId?: string;
  /** Another one than that of the resource. */
  readonly resourceType?: string;
}

/** Of worlds that have ended, for the next ones. */
const SEATS = new Seats();

/**
 * A stack of the library's constructs, deployed in this process from the template that AWS CDK makes of them: the bundled handlers
 * run with the properties, the environment and the rights that it gives them. So a test says what is deployed (see `apps/`), and
 * never what is on the wire.
 */
export class Stage<App extends object> {
  public readonly world: World;
  public readonly requests: Requests;
  public readonly stack: Stack;
  private readonly generation: string;
  /** IDs with which the last requests were answered, by logical ID. */
  private readonly answered = new Map<string, string>();
  /** What the last deployment or request said. */
  private said = {} as App;
  private told = 0;

  public constructor(protected readonly build: Build<App>, options: StageOptions = {}) {
    this.world = options.beside?.world ?? options.world ?? new World({ seats: SEATS, ...options });
    this.requests = options.beside?.requests ?? new Requests(this.world);
    this.stack = new Stack(this.requests, options.stackName, options.stackSuffix);
    this.generation = options.stackSuffix ?? 'a1b2c3';
  }

  /** Creates the stack or brings it to this app; answers how that ended. */
  public async deploy(app: App = {} as App, deployment: Deployment = {}): Promise<StackStatus> {
    this.told = this.stack.events.length;
    this.said = app;
    return this.stack.deploy(this.template(app, deployment));
  }

  public async delete(options?: Parameters<Stack['delete']>[0]): Promise<StackStatus> {
    this.told = this.stack.events.length;
    return this.stack.delete(options);
  }

  /** What the last deployment or deletion could not do, and why: `<logical ID> <what>: <reason>`. */
  public get failures(): readonly string[] {
    return this.stack.events.slice(this.told).filter((event) => /_FAILED: (?!Resource|as the test)/.test(event));
  }

  /** The first of them. */
  public get failure(): string | undefined {
    return this.failures[0];
  }

  public template(app: App, { more, ...deployment }: Deployment = {}): Template {
    return { ...deployable(synthesized(this.build, app), { ...this.place, ...deployment }), ...more };
  }

  /** One request about one resource, to its function at once: no lifecycle around it, and nobody repeats it. */
  public async ask(requestType: CustomRequest['requestType'], logicalId: string, asked: Asked<App> = {}): Promise<Answer | undefined> {
    const standing = this.stack.resources.get(logicalId);
    const isAsStanding = requestType === 'Delete' && standing !== undefined && asked.app === undefined && asked.raw === undefined;
    this.said = asked.app ?? this.said;
    const former = asked.from ? await this.properties(logicalId, asked.from) : standing?.properties;
    const properties = isAsStanding ? standing.properties : await this.properties(logicalId, this.said, asked);
    const { requestId = seededUuid(this.world.random), stackId = this.stack.stackId } = asked;
    const physicalId = asked.physicalId ?? standing?.physicalId ?? this.answered.get(logicalId) ?? inventedId(logicalId);
    const event = this.requests.event({
      requestType,
      resourceType: asked.resourceType ?? standing?.template.type ?? this.template(this.said)[logicalId]!.type,
      stackId,
      logicalId,
      physicalId: requestType === 'Create' ? undefined : physicalId,
      properties,
      oldProperties: requestType === 'Update' ? former ?? properties : undefined,
    }, requestId);
    const handler = this.world.functionAt(properties.ServiceToken);
    // In another stack there is another function, which serves that one.
    await handler.servingInstead(this.stack.stackId, stackId, async () => handler.invoke(event));
    const answer = this.world.answers.all(requestId).at(-1);
    if (answer) this.answered.set(logicalId, answer.PhysicalResourceId);
    return answer;
  }

  /** What somebody hands to the function who can invoke it: a request for the resource as it stands, with these changes. Answers what it answered. */
  public async forge(requestType: CustomRequest['requestType'], logicalId: string, properties: object = {}, event: object = {}): Promise<Answer | undefined> {
    const standing = this.stack.resources.get(logicalId)!;
    const requestId = seededUuid(this.world.random);
    const genuine = this.requests.event({
      requestType,
      resourceType: standing.template.type,
      stackId: this.stack.stackId,
      logicalId,
      physicalId: requestType === 'Create' ? undefined : standing.physicalId,
      properties: { ...standing.properties, ...properties },
      oldProperties: requestType === 'Update' ? standing.properties : undefined,
    }, requestId);
    await this.world.functionAt(standing.properties.ServiceToken).invoke({ ...genuine, ...event });
    return this.world.answers.all(requestId).at(-1);
  }

  /** What CloudFormation would ask for with; everything that it makes by itself stands then, as the app has it. */
  public async properties(logicalId: string, app: App = {} as App, deployment: Deployment = {}): Promise<Properties> {
    const template = this.template(app, deployment);
    await this.stack.prepare(template);
    return this.stack.resolve(template[logicalId]!);
  }

  /** The function that serves resources of this type. */
  public functionFor(resourceType: string): LambdaFunction {
    const served = [...this.stack.resources.values()].find(({ template }) => template.type === resourceType);
    if (!served) throw new Error(`the stack has no ${resourceType}`);
    return this.world.functionAt(served.properties.ServiceToken);
  }

  /** What CloudFormation has sent, as `Create Registration`. */
  public get sent(): string[] {
    return this.requests.sent.map(({ request: { requestType, logicalId } }: SentRequest) => `${requestType} ${logicalId}`);
  }

  protected get place(): Pick<DeployableOptions, 'world' | 'stackName' | 'generation'> {
    return { world: this.world, stackName: this.stack.name, generation: this.generation };
  }
}

/** As CloudFormation invents it for a resource that has not answered. */
function inventedId(logicalId: string): string {
  return `CentralSecurity-${logicalId}-1ABCDEFGHIJKL`;
}
