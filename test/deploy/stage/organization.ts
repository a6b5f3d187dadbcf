import { GetRoleCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { ACCOUNTS, ROLE_NAME, roleArnOf, SECURITY } from './accounts';
import { Stage, StageOptions } from './stage';
import { CONFIRM_EVENT } from '../../../src/wire/common';
import { FLEET_RUN_EVENT } from '../../../src/wire/fleet';
import { Connector, SteadyCaller, Tally } from '../../support/connector-service';
import { Clients } from '../../support/emulator/clients';
import { Organization } from '../../support/emulator/organization/organization';
import { StackSets } from '../../support/emulator/organization/stack-sets';
import { waitUntil } from '../../support/emulator/processes/wait-until';

export type Phase = 'qualysAccount' | 'both' | 'registered' | 'baseAccount' | 'leaving';

export const MANAGEMENT = '999999999999';
export const NEWCOMER = '555555555555';
/** The accounts of the two units, by name, as they are at first. */
export const MEMBERS = { Production: ACCOUNTS.Production, Staging: '444444444444', Development: ACCOUNTS.Development } as const;
export const SET = `qualys-connectors-${ROLE_NAME}-${SECURITY}`;
/** What the user of the example puts into cdk.json. */
export const PREFIX = '73190284655110493827';
export const READY = 'CURRENT SUCCEEDED';

/** Milliseconds for the calls that a phase is to see. */
const PATIENCE = 120_000;

/** An organization with two units and a delegated administrator, on which examples/organization is deployed. */
export class ConnectedOrganization {
  public static async start(options: Omit<StageOptions, 'app' | 'furtherAccounts' | 'writeApi'>): Promise<ConnectedOrganization> {
    const stage = await Stage.start({ ...options, writeApi: true, app: 'examples/organization/app.ts', furtherAccounts: [MANAGEMENT] });
    return new ConnectedOrganization(stage);
  }

  public organization!: Organization;
  public units!: { readonly production: string; readonly development: string };
  public readonly sets: StackSets;
  private caller?: SteadyCaller;
  private fleetFunction?: string;

  private constructor(public readonly stage: Stage) {
    this.sets = new StackSets(stage.emulator, this.clients(SECURITY), 'DELEGATED_ADMIN');
  }

  /** The organization as it is before anything of the library is deployed. */
  public async prepare(): Promise<void> {
    await this.stage.prepare();
    const organization = this.organization = await Organization.create(this.stage.emulator, MANAGEMENT);
    this.units = { production: await organization.addUnit('Production'), development: await organization.addUnit('Development') };
    await organization.addAccount(SECURITY, undefined, 'Central Security');
    await organization.addAccount(MEMBERS.Production, this.units.production, 'Production');
    await organization.addAccount(MEMBERS.Staging, this.units.production, 'Staging');
    await organization.addAccount(MEMBERS.Development, this.units.development, 'Development');
    await organization.delegate(SECURITY);
  }

  /** One `cdk deploy --all`. */
  public async to(phase: Phase, context: Readonly<Record<string, string>> = {}): Promise<Record<string, Record<string, string>>> {
    const outputs = await this.stage.deploy(['--all'], this.context(phase, context));
    // The command of a person is the one that names it.
    this.fleetFunction = /--function-name (\S+)/.exec(outputs.Connectors?.ConfirmCommand ?? '')?.[1] ?? this.fleetFunction;
    return outputs;
  }

  /** One that has to fail; answers the lines that say why. */
  public async failsTo(phase: Phase, context: Readonly<Record<string, string>> = {}): Promise<string> {
    return this.stage.failedDeploy(['--all'], this.context(phase, context));
  }

  public context(phase: Phase, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
    const { units, organization } = this;
    return { phase, externalId: PREFIX, organizationalUnits: `${units.production},${units.development}`, organizationId: organization.id, ...more };
  }

  /** One run of the fleet, as its schedule makes it; answers its calls of the service, by their verbs. */
  public async runFleet(): Promise<string[]> {
    const { service } = this.stage;
    service.clearRequests();
    await this.invokeFleet(FLEET_RUN_EVENT);
    return service.requests().map(({ path }) => /\/(\w+)\/am\//.exec(path)?.[1] ?? path);
  }

  /** What a person hears who asks how the fleet stands. */
  public async askFleet(): Promise<string[]> {
    return JSON.parse(await this.invokeFleet(CONFIRM_EVENT)) as string[];
  }

  /** The connector of an account, as the service has it. */
  public connectorOf(accountId: string): Connector | undefined {
    const [found, ...more] = this.stage.service.connectors().filter(({ settings, isDeleted }) => settings.arn === roleArnOf(accountId) && !isDeleted);
    if (more.length > 0) throw new Error(`the service has ${more.length + 1} connectors of the account ${accountId}`);
    return found;
  }

  /** From now on the service assumes the roles of these accounts, over and over. */
  public beginCalls(accounts: readonly string[]): void {
    this.caller = this.stage.service.steadyCaller(accounts.map((accountId) => this.connectorOf(accountId)!.id), { concurrency: 1 });
  }

  public tally(): Tally {
    return this.caller!.tally();
  }

  /** Settles when the service has called so many times more. */
  public async furtherCalls(count: number): Promise<void> {
    const enough = this.tally().calls + count;
    if (!await waitUntil(() => this.tally().calls >= enough, PATIENCE)) throw new Error(`the service made ${this.tally().calls} calls only, of ${enough}`);
  }

  public async endCalls(): Promise<Tally> {
    return this.caller!.stop();
  }

  /** Which of these accounts let another one in, with the right external ID. */
  public async letIn(caller: string, accounts: readonly string[]): Promise<string[]> {
    const { sts } = this.clients(caller);
    const admitted = await Promise.all(accounts.map(async (accountId) => {
      const command = new AssumeRoleCommand({ RoleArn: roleArnOf(accountId), RoleSessionName: 'control', ExternalId: `${PREFIX}${accountId}` });
      return sts.send(command).then(() => true, (error: Error) => {
        if (error.name !== 'AccessDenied') throw error;
        return false;
      });
    }));
    return accounts.filter((_, index) => admitted[index]);
  }

  /** The trust policy of the role in an account; none without the role. */
  public async trustOf(accountId: string): Promise<string | undefined> {
    const found = await this.clients(accountId).iam.send(new GetRoleCommand({ RoleName: ROLE_NAME })).catch(() => undefined);
    return found && decodeURIComponent(found.Role!.AssumeRolePolicyDocument!);
  }

  /** As a person of that account edits it behind the stack set's back. */
  public async setTrust(accountId: string, PolicyDocument: string): Promise<void> {
    await this.clients(accountId).iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: ROLE_NAME, PolicyDocument }));
  }

  /** Waits until an account has the role, or has it no more. */
  public async untilRole(accountId: string, isThere: boolean): Promise<void> {
    const holds = async () => (await this.trustOf(accountId) !== undefined) === isThere;
    if (!await waitUntil(holds, PATIENCE)) throw new Error(`the account ${accountId} ${isThere ? 'did not get' : 'still has'} the role`);
  }

  public clients(account: string): Clients {
    return new Clients(this.stage.emulator, account);
  }

  private async invokeFleet(event: object): Promise<string> {
    const command = new InvokeCommand({ FunctionName: this.fleetFunction, Payload: Buffer.from(JSON.stringify(event)) });
    const { FunctionError, Payload } = await this.clients(SECURITY).lambda.send(command);
    const answer = Buffer.from(Payload ?? []).toString();
    if (FunctionError !== undefined) throw new Error(`the function of the fleet ended with ${FunctionError}: ${answer}`);
    return answer;
  }
}
