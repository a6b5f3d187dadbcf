import { AccountType, PARTITIONS } from './account-type';
import { AccessKey, BaseAccounts } from './base-accounts';
import { AssumeRole, AwsCaller } from './callers/aws-caller';
import { SteadyCaller } from './callers/steady-caller';
import { accountTypeOf, Connector } from './connector';
import { Clock } from './http/exchange';

/** What a run of a connector came to. */
export interface ConnectorRun {
  readonly connectorId: number;
  readonly accountType: AccountType;
  readonly signedBy: 'base account' | 'Qualys account';
  /** ID of the key that signed; of the service's own account it is the account's ID. */
  readonly accessKeyId: string;
  readonly roleArn?: string;
  readonly outcome: 'FINISHED_SUCCESS' | 'FINISHED_ERRORS';
  /** Why it failed. */
  readonly reason?: string;
}

interface Refusal {
  /** Without one the service has only its own words. */
  readonly code?: string;
  readonly message: string;
}

export interface RunsOptions {
  readonly accounts: BaseAccounts;
  readonly qualysAccountIds: Readonly<Record<AccountType, string>>;
  /** Where AWS is; without it every run fails and says so. */
  readonly awsEndpoint?: string;
  /** AWS in this process, instead: the code and the message with which it refuses, if it does. */
  readonly assumeRole?: (call: AssumeRole & { readonly accessKeyId: string }) => Refusal | undefined | Promise<Refusal | undefined>;
  readonly clock: Clock;
}

/** Runs connectors, with the key that the service was given. */
export class Runs {
  readonly #finished: ConnectorRun[] = [];
  readonly #underWay = new Set<Promise<void>>();

  public constructor(private readonly options: RunsOptions) {}

  /** Queues a run and returns at once, as the service does. */
  public start(connector: Connector): void {
    connector.state = 'QUEUED';
    const run = this.#run(connector).finally(() => this.#underWay.delete(run));
    this.#underWay.add(run);
  }

  public list(): ConnectorRun[] {
    return structuredClone(this.#finished);
  }

  /** Beside the runs: calls without pause for these connectors, as from a service with a lot to do. */
  public steadily(connectors: readonly Connector[], concurrency: number): SteadyCaller {
    const { accounts, awsEndpoint } = this.options;
    if (awsEndpoint === undefined) throw new Error('the stand-in was started without an AWS endpoint, so it cannot assume roles');
    const keyOf = (connector: Connector) => accounts.key(accountTypeOf(connector)) ?? this.#qualysKey(accountTypeOf(connector));
    return new SteadyCaller({ connectors, concurrency, awsEndpoint, keyOf });
  }

  /** Settles when no run is under way. */
  public async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async #run(connector: Connector): Promise<void> {
    // After the answer to the call that asked for the run.
    await new Promise(setImmediate);
    connector.state = 'RUNNING';
    const accountType = accountTypeOf(connector);
    const own = this.options.accounts.key(accountType);
    const key = own ?? this.#qualysKey(accountType);
    const reason = await this.#attempt(connector, accountType, key);
    const outcome = reason === undefined ? 'FINISHED_SUCCESS' : 'FINISHED_ERRORS';
    this.#finished.push({
      connectorId: connector.id,
      accountType,
      signedBy: own ? 'base account' : 'Qualys account',
      accessKeyId: key.accessKeyId,
      roleArn: connector.settings.arn,
      outcome,
      reason,
    });
    if (!connector.settings.disabled) connector.state = outcome;
    connector.lastError = reason;
    connector.lastSync = this.options.clock.now();
  }

  async #attempt(connector: Connector, accountType: AccountType, key: AccessKey): Promise<string | undefined> {
    const { arn, externalId } = connector.settings;
    const { awsEndpoint, assumeRole } = this.options;
    if (awsEndpoint === undefined && !assumeRole) return 'the stand-in was started without an AWS endpoint, so it cannot assume roles';
    if (arn === undefined) return 'the connector has no role ARN';
    if (key.accessKeyId === '') return 'there is no base account for connectors of this account type, and no other account to call from';
    // Keys of one partition are unknown in the others.
    if (arn.split(':')[1] !== PARTITIONS[accountType]) return `the role is not in partition ${PARTITIONS[accountType]} of account type ${accountType}`;
    const call = { roleArn: arn, externalId, sessionName: `connector-${connector.id}` };
    if (assumeRole) {
      const refusal = await assumeRole({ ...call, accessKeyId: key.accessKeyId });
      return refusal && [refusal.code ?? [], refusal.message].flat().join(': ');
    }
    const caller = new AwsCaller(awsEndpoint!, key);
    return caller.assumeRole(call).finally(() => { caller.close(); });
  }

  /** The emulator takes an account ID as the access key ID of that account's root. */
  #qualysKey(accountType: AccountType): AccessKey {
    return { accessKeyId: this.options.qualysAccountIds[accountType], secretAccessKey: 'test' };
  }
}
