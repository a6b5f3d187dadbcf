import { AwsCaller } from './aws-caller';
import { AccessKey } from '../base-accounts';
import { Connector } from '../connector';

export interface SteadyCallerOptions {
  readonly connectors: readonly Connector[];
  /** Calls under way at any time. */
  readonly concurrency: number;
  readonly awsEndpoint: string;
  /** The key that the service holds for a connector at this moment. */
  readonly keyOf: (connector: Connector) => AccessKey;
}

/** What came of the calls so far. */
export interface Tally {
  readonly calls: number;
  readonly failures: number;
  /** Why the first ones failed, with the ID of the key that signed. */
  readonly reasons: readonly string[];
  /** IDs of the keys that calls were signed with, a new entry whenever it changed. */
  readonly keyIds: readonly string[];
}

const REASONS = 10;

/** Assumes the roles of connectors in turn and without pause, each time with whatever key the service holds just then. */
export class SteadyCaller {
  readonly #callers = new Map<string, AwsCaller>();
  readonly #reasons: string[] = [];
  readonly #keyIds: string[] = [];
  #calls = 0;
  #failures = 0;
  #next = 0;
  #stopped = false;
  readonly #lines: Promise<void>[];

  public constructor(private readonly options: SteadyCallerOptions) {
    this.#lines = Array.from({ length: options.concurrency }, async () => this.#callOn());
  }

  public tally(): Tally {
    return { calls: this.#calls, failures: this.#failures, reasons: [...this.#reasons], keyIds: [...this.#keyIds] };
  }

  /** Ends the calls; those under way are counted. */
  public async stop(): Promise<Tally> {
    this.#stopped = true;
    await Promise.all(this.#lines);
    this.#callers.forEach((caller) => { caller.close(); });
    return this.tally();
  }

  async #callOn(): Promise<void> {
    while (!this.#stopped) {
      const { connectors, keyOf } = this.options;
      const connector = connectors[this.#next++ % connectors.length]!;
      const key = keyOf(connector);
      if (this.#keyIds.at(-1) !== key.accessKeyId) this.#keyIds.push(key.accessKeyId);
      const { arn = '', externalId } = connector.settings;
      const reason = await this.#callerWith(key).assumeRole({ roleArn: arn, externalId, sessionName: `connector-${connector.id}` });
      this.#calls += 1;
      if (reason === undefined) continue;
      this.#failures += 1;
      if (this.#reasons.length < REASONS) this.#reasons.push(`connector ${connector.id} with ${key.accessKeyId}: ${reason}`);
    }
  }

  #callerWith(key: AccessKey): AwsCaller {
    const id = `${key.accessKeyId} ${key.secretAccessKey}`;
    const caller = this.#callers.get(id) ?? new AwsCaller(this.options.awsEndpoint, key);
    this.#callers.set(id, caller);
    return caller;
  }
}
