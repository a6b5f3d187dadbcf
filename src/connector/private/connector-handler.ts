import { createHash } from 'crypto';
import { CfnResource, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct, IConstruct, IDependable } from 'constructs';
import { ConnectorFunction } from './connector-function';
import { isAwaited, Place } from '../../private/base-account-places';
import { confirmBy } from '../../private/confirm-command';
import { FunctionNetwork, HandlerFunction } from '../../private/handler-function';
import { checkSecretPartition } from '../../private/partitions';
import { secretResource } from '../../private/secrets';
import { ownChild } from '../../private/stacks';
import { ConnectorService } from '../../service/connector-service';
import type { ServiceProperties } from '../../wire/common';
import { AWAITED_VARIABLE, SERVICES_VARIABLE } from '../../wire/connector';
import { MONITORED_VARIABLE, MonitoredProperties } from '../../wire/monitoring';

// CloudFormation does not let a custom resource change its function. These IDs, and those below them, are therefore the same in every
// stack.
const FUNCTION = 'QualysConnectorFunction';
const ACCESS = 'QualysConnectorAccess';

/** The longest time that Lambda allows: a deployment runs a connector, which reads all regions of an account. */
const LONGEST_RUN = Duration.minutes(15);

/** AWS allows a role 10 managed policies. */
const MAX_POLICIES = 10;

export interface ConnectorHandler {
  readonly handler: ServingFunction;
  /** The rights on the credentials. Every resource that uses them depends on it. */
  readonly access: IDependable;
}

/**
 * The function for all connectors and lookups of the stack, with the rights to sign in at this service. It runs in the network of the first
 * service. Throws for a service with another network.
 */
export function connectorHandler(scope: IConstruct, service: ConnectorService, logRetention?: RetentionDays): ConnectorHandler {
  checkSecretPartition(scope, service.credentials._secret);
  const stack = Stack.of(scope);
  const handler = ownChild<ServingFunction>(stack, FUNCTION, 'callsFrom') ?? new ServingFunction(stack, service._network);
  if (logRetention !== undefined) handler.keepLog(scope, logRetention);
  if (!handler.callsFrom(service._network)) {
    throw new Error(`${scope.node.path} has a service with another vpc, vpcSubnets or securityGroups than what stands before it in stack ${stack.node.path}, `
      + 'but one function calls for all of them: give the services the same network, or put the constructs in another stack');
  }
  handler.serve(service);
  return { handler, access: accessTo(scope, handler, service) };
}

interface Monitored {
  readonly service: ServiceProperties;
  /** Known when the app is synthesized. */
  readonly properties: () => Omit<MonitoredProperties, 'Service'>;
}

/** The function for all connectors and lookups of a stack. */
export class ServingFunction extends HandlerFunction {
  private readonly place: string;
  private readonly services: ServiceProperties[] = [];
  private readonly places: Place[] = [];
  private readonly disabled: Array<{ readonly place: Place; readonly connector: CfnResource }> = [];
  private readonly monitored: Monitored[] = [];
  /** The first one is for its log. */
  private policies = 1;
  private retention?: RetentionDays;

  public constructor(stack: Stack, network: FunctionNetwork) {
    super(stack, FUNCTION, {
      code: ConnectorFunction,
      purpose: 'Keeps connectors at the Qualys connector service as the code has them',
      network,
      timeout: LONGEST_RUN,
    });
    this.place = placeOf(stack, network);
    // The services that it may call are fixed here. A caller cannot choose them.
    this.function.addEnvironment(SERVICES_VARIABLE, Lazy.string({ produce: () => stack.toJsonString(unique(stack, this.services)) }));
    this.function.addEnvironment(AWAITED_VARIABLE, Lazy.string({ produce: () => this.awaited(stack) }));
    this.function.addEnvironment(MONITORED_VARIABLE, Lazy.string({
      produce: () => this.monitored.length === 0 ? undefined : stack.toJsonString(this.monitoredIn(unique(stack, this.services))),
    }));
  }

  public serve(service: ConnectorService): void {
    this.services.push(service._properties());
  }

  /** Notes a connector that calls from the base account at this place. */
  public connect(place: Place): void {
    if (this.places.length === 0) confirmBy(this.function);
    this.places.push(place);
  }

  /** Notes a connector that the code has disabled. */
  public disable(place: Place, connector: CfnResource): void {
    this.disabled.push({ place, connector });
  }

  /** Logical IDs of the disabled connectors at this place, if there are any. All of them are known only when the app is synthesized. */
  public disabledAt({ apiServer, accountType }: Place): string[] | undefined {
    const own = this.disabled.filter(({ place }) => place.apiServer === apiServer && place.accountType === accountType);
    return own.length === 0 ? undefined : own.map(({ connector }) => Stack.of(this).resolve(connector.logicalId) as string).sort();
  }

  /** Fixes what the function may be asked to check at one of the services that it serves. */
  public monitor(service: ConnectorService, properties: Monitored['properties']): void {
    this.monitored.push({ service: service._properties(), properties });
  }

  /** Counts one more managed policy of the role. */
  public takePolicy(scope: IConstruct): void {
    if (++this.policies <= MAX_POLICIES) return;
    throw new Error(`${scope.node.path} needs one managed policy more than AWS allows the role of the function in stack ${Stack.of(this).node.path}, which are ${MAX_POLICIES}: one for its log, `
      + 'one for each secret with credentials, one for each platform and one for each ConnectorMonitoring. Put some of the connectors in another stack');
  }

  private monitoredIn(services: readonly ServiceProperties[]): MonitoredProperties[] {
    const text = (service: ServiceProperties) => JSON.stringify(Stack.of(this).resolve(service));
    return this.monitored.map(({ service, properties }) => {
      const index = services.findIndex((one) => text(one) === text(service));
      return { Service: String(index), ...properties() };
    });
  }

  private awaited(stack: Stack): string | undefined {
    const awaited = this.places.filter((place) => isAwaited(this, place)).map(({ apiServer, accountType }) => `${apiServer} ${accountType}`);
    return awaited.length === 0 ? undefined : stack.toJsonString([...new Set(awaited)]);
  }

  /** Sets the retention of the log. Throws when an earlier construct has set another one. */
  public keepLog(scope: IConstruct, retention: RetentionDays): void {
    if (this.retention !== undefined && this.retention !== retention) {
      throw new Error(`${scope.node.path} has logRetention ${retention}, but what stands before it in stack ${Stack.of(this).node.path} has ${this.retention}, and one function with one log `
        + 'serves all of them: give them the same, or put the constructs in another stack');
    }
    this.retention = retention;
    this.logGroup.retentionInDays = retention === RetentionDays.INFINITE ? undefined : retention;
  }

  public callsFrom(network: FunctionNetwork): boolean {
    return placeOf(Stack.of(this), network) === this.place;
  }
}

/** Holds the policies of the function, one for each secret. */
class SecretAccess extends Construct {
  public readonly perSecret = true;
}

/**
 * One policy for each secret and not for each connector, because a role takes 10. Its ID comes from the secret, so another secret gets
 * another policy.
 */
function accessTo(scope: IConstruct, handler: ServingFunction, service: ConnectorService): ManagedPolicy {
  const stack = Stack.of(scope);
  const all = ownChild<SecretAccess>(stack, ACCESS, 'perSecret') ?? new SecretAccess(stack, ACCESS);
  const { _secret: secret } = service.credentials;
  // The ARN of a secret of another stack is a reference, which does not say which stack it is.
  const home = Stack.of(secret) === stack ? '' : Stack.of(secret).node.id;
  const id = hash(stack.resolve([home, secretResource(secret), secret.encryptionKey?.keyArn]));

  const found = all.node.tryFindChild(id) as ManagedPolicy | undefined;
  if (found) return found;
  handler.takePolicy(scope);
  return new ManagedPolicy(all, id, {
    description: 'Lets a function of cdk-qualys-connectors sign in at the Qualys connector service.',
    roles: [handler.role],
    statements: service._grantStatements(),
  });
}

function unique(stack: Stack, services: readonly ServiceProperties[]): ServiceProperties[] {
  return [...new Map(services.map((service) => [JSON.stringify(stack.resolve(service)), service])).values()];
}

function placeOf(stack: Stack, { vpc, vpcSubnets, securityGroups }: FunctionNetwork): string {
  return JSON.stringify(stack.resolve([
    vpc?.vpcId, vpc?.selectSubnets(vpcSubnets).subnetIds, securityGroups?.map(({ securityGroupId }) => securityGroupId),
  ]));
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
