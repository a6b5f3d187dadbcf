import { Agent, fetch as undiciFetch } from 'undici';
import { accountLookup } from '../../../lambda/connectors/account-lookup';
import { connector } from '../../../lambda/connectors/connector';
import { ConnectorWorld } from '../../../lambda/connectors/request/open-request';
import { byResourceType } from '../../../lambda/runtime/by-resource-type';
import { customResourceHandler, RuntimeWorld } from '../../../lambda/runtime/custom-resource';
import type { Fetch } from '../../../lambda/runtime/put';
import { connect } from '../../../lambda/service/service';
import { ACCOUNT_LOOKUP_RESOURCE_TYPE, CONNECTOR_RESOURCE_TYPE, ConnectorProperties } from '../../../src/wire/connector';
import { CertificateAuthority } from '../../support/certificates';
import { Answers } from '../../support/cloudformation/answers';
import { StackResource } from '../../support/cloudformation/stack-resource';
import { connectorProperties, ROLE } from '../../support/connector-resource';
import { Connector, ConnectorServiceStandIn, StandInOptions } from '../../support/connector-service';
import { AssumeRoleCall, Decision, StsStub } from '../../support/connector-service/sts-stub';
import { Calls } from '../../support/fake-aws/calls';
import { FakeClock } from '../../support/fake-clock';

export const PASSWORD = 'canary-of-the-api-password/+';
export { ROLE };
export const CHINA_ROLE = 'arn:aws-cn:iam::001122334455:role/QualysConnector';
export const DENIED = { code: 'AccessDenied', message: 'User is not authorized to perform sts:AssumeRole' };

/** What a hand-made connector on the role looks like. */
export const BY_HAND = { name: 'By hand', arn: ROLE, externalId: 'external-of-a-person', description: 'Made by a person', runFrequency: 240 };

/** A stack of connectors against the stand-in of the service over TLS, which assumes roles at a stub, with time under control. */
export class ConnectorsWorld {
  public static async start(options: Partial<StandInOptions> = {}): Promise<ConnectorsWorld> {
    const clock = new FakeClock();
    const aws: { decide: Decision } = { decide: async () => undefined };
    const sts = await StsStub.start((call) => aws.decide(call));
    const tls = await CertificateAuthority.create();
    const service = await ConnectorServiceStandIn.start({ tls, username: 'api', password: PASSWORD, clock, awsEndpoint: sts.url, ...options });
    return new ConnectorsWorld(service, sts, clock, aws);
  }

  public readonly log: string[] = [];
  /** Breaks one outbound call of the next request. */
  public calls = new Calls();
  private readonly agent: Agent;
  private readonly answers: Answers;

  private constructor(
    public readonly service: ConnectorServiceStandIn,
    private readonly sts: StsStub,
    public readonly clock: FakeClock,
    /** Whether AWS lets the service in. */
    public readonly aws: { decide: Decision },
  ) {
    this.agent = new Agent({ connect: { ca: service.ca } });
    this.answers = new Answers(((input: string, init: object) => undiciFetch(input, { ...init, dispatcher: this.agent })) as unknown as Fetch);
  }

  /** The resource as one stack has it. */
  public resource(options: { readonly stackName?: string; readonly logicalId?: string; readonly resourceType?: string } = {}): StackResource {
    const runtime: RuntimeWorld = { fetch: this.answers.fetch, clock: this.clock, random: () => 0.5, write: (line) => { this.log.push(line); } };
    const handler = byResourceType({
      [CONNECTOR_RESOURCE_TYPE]: customResourceHandler(connector(this.outside), runtime),
      [ACCOUNT_LOOKUP_RESOURCE_TYPE]: customResourceHandler(accountLookup(this.outside), runtime),
    }, runtime);
    return new StackResource({
      handler, answers: this.answers, resourceType: CONNECTOR_RESOURCE_TYPE, logicalId: 'Production1A2B3C4D', now: () => this.clock.now(), ...options,
    });
  }

  public properties(changes: Partial<ConnectorProperties> = {}): ConnectorProperties {
    return connectorProperties({
      ApiServer: this.service.apiServer,
      Gateway: this.service.gateway,
      PlatformUrl: this.service.platformUrl,
      Authentication: 'BASIC',
      CredentialsSecretArn: 'arn:aws:secretsmanager:us-east-1:111111111111:secret:qualys/api-user-x9y8z7',
    }, changes);
  }

  public chinaProperties(changes: Partial<ConnectorProperties> = {}): ConnectorProperties {
    return this.properties({ AccountType: 'CHINA', RoleArn: CHINA_ROLE, Modules: [], ...changes });
  }

  /** Every connector that is not deleted. */
  public get live(): Connector[] {
    return this.service.connectors().filter(({ isDeleted }) => !isDeleted);
  }

  /** The calls to the service since the last look, without host and API's root. */
  public takeRequests(): string[] {
    const root = /^\/(qps\/rest\/3\.0|cloudview-api\/rest\/v1\/aws)\//;
    const requests = this.service.requests().map(({ method, path }) => `${method} ${path.replace(root, '')}`);
    this.service.clearRequests();
    return requests;
  }

  /** What the service was sent with the last call to this verb. */
  public lastBody(verb: string): Record<string, unknown> {
    const request = this.service.requests().filter(({ path }) => path.includes(`/${verb}/am/`)).at(-1);
    const body = request?.body as { readonly ServiceRequest: { readonly data: { readonly AwsAssetDataConnector: Record<string, unknown> } } };
    return body.ServiceRequest.data.AwsAssetDataConnector;
  }

  /** Who assumed which roles. */
  public get assumed(): readonly AssumeRoleCall[] {
    return this.sts.calls;
  }

  /** All that left the handler: answers and log lines. */
  public get surfaces(): string {
    return [this.answers.text(), ...this.log].join('\n');
  }

  public async stop(): Promise<void> {
    await this.agent.close();
    await this.service.stop();
    await this.sts.stop();
  }

  private get outside(): ConnectorWorld {
    return {
      clock: this.clock,
      random: () => 0.5,
      service: (service, { deadline, outbound, redactor }) => connect({
        service,
        credentials: async () => JSON.stringify({ username: 'api', password: PASSWORD }),
        fetch: this.answers.fetch,
        clock: this.clock,
        random: () => 0.5,
        env: {},
        deadline,
        outbound: (step, call) => outbound(step, () => this.calls.outbound(step, call)),
        redactor,
      }),
    };
  }
}
