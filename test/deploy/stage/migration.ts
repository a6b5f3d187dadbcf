import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { SECURITY, USER_NAME } from './accounts';
import { arnOf, EXTERNAL_ID_SEED, FLEET, FLEET_NAMES, FleetName, setUpFleet, STAGING, trustOf } from './fleet';
import { inventory } from './inventory';
import { Stage, StageOptions } from './stage';
import { SteadyCaller, Tally } from '../../support/connector-service';
import { QUALYS_ACCOUNT_IDS } from '../../support/connector-service/account-type';
import { waitUntil } from '../../support/emulator/processes/wait-until';

export type Phase = 'qualysAccount' | 'both' | 'registered' | 'baseAccount' | 'leaving';

export const QUALYS_ACCOUNT = QUALYS_ACCOUNT_IDS.Global;
/** Milliseconds for the calls that a phase is to see. */
const PATIENCE = 120_000;

/** A fleet that moves from the Qualys account to a base account and back, while the service calls without a pause. */
export class Migration {
  public static async start(options: Omit<StageOptions, 'app' | 'furtherAccounts' | 'writeApi'>): Promise<Migration> {
    const stage = await Stage.start({ ...options, writeApi: true, app: 'examples/migrate-existing-connectors/app.ts', furtherAccounts: [STAGING] });
    return new Migration(stage);
  }

  private caller?: SteadyCaller;

  private constructor(public readonly stage: Stage) {}

  /** Ends with the fleet as it is before anything moves: every role trusts the Qualys account, every connector is called from there. */
  public async settle(): Promise<Record<string, Record<string, string>>> {
    await setUpFleet(this.stage);
    return this.to('qualysAccount');
  }

  /** One `cdk deploy --all`; answers the outputs. */
  public async to(phase: Phase): Promise<Record<string, Record<string, string>>> {
    return this.stage.deploy(['--all'], { phase, externalIdSeed: EXTERNAL_ID_SEED });
  }

  /** From now on the service assumes the roles of all connectors, over and over. */
  public beginCalls(): void {
    this.caller = this.stage.service.steadyCaller(FLEET_NAMES.map((name) => this.stage.connector(name)), { concurrency: 1 });
  }

  public tally(): Tally {
    return this.caller!.tally();
  }

  /** Settles when the service has called so many times more. */
  public async furtherCalls(count: number): Promise<void> {
    const enough = this.tally().calls + count;
    if (!await waitUntil(() => this.tally().calls >= enough, PATIENCE)) {
      throw new Error(`the service made ${this.tally().calls} calls only, `
        + `of ${enough}`);
    }
  }

  public async endCalls(): Promise<Tally> {
    return this.caller!.stop();
  }

  public async trusts(): Promise<Record<FleetName, string>> {
    const entries = await Promise.all(FLEET_NAMES.map(async (name) => [name, await trustOf(this.stage, FLEET[name])] as const));
    return Object.fromEntries(entries) as Record<FleetName, string>;
  }

  /** The connectors whose roles an account may assume, with the right external ID. */
  public async letIn(accountId: string): Promise<FleetName[]> {
    const sts = new STSClient(this.stage.emulator.clientConfig(accountId));
    const admitted = await Promise.all(FLEET_NAMES.map(async (name) => {
      const { externalId: ExternalId } = FLEET[name];
      const command = new AssumeRoleCommand({ RoleArn: arnOf(FLEET[name]), RoleSessionName: 'control', ExternalId });
      return sts.send(command).then(() => true, (error: Error) => {
        if (error.name !== 'AccessDenied') throw error;
        return false;
      });
    }));
    return FLEET_NAMES.filter((_, index) => admitted[index]);
  }

  /** What is left of a base account in Central Security: the user, its key, the record of the entry. The stack itself stays. */
  public async leftOfBaseAccount(): Promise<string[]> {
    return (await inventory(this.stage.emulator, SECURITY))
      .filter((name) => name !== 'stack CentralSecurity' && (/CentralSecurity|^parameter (?!.*\/connector\/)|^secret /.test(name) || name.endsWith(USER_NAME)));
  }
}
