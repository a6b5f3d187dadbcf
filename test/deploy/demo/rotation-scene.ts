import { Report } from './report';
import { SteadyCaller } from '../../support/connector-service';
import { waitUntil } from '../../support/emulator/processes/wait-until';
import { Stage } from '../stage/stage';

/** How much the service calls while a key rotates. */
export interface Load {
  /** At least. */
  readonly calls: number;
  /** Calls under way at any time. */
  readonly concurrency: number;
}

/** Enough to see an outage of a moment. */
export const USUAL: Load = { calls: 1_000, concurrency: 2 };
/** As much as the emulator bears. */
export const SOAK: Load = { calls: 10_000, concurrency: 8 };

/** Milliseconds for a share of the calls. */
const PATIENCE = 300_000;

/** Rotations of the key under calls of the service that never pause. */
export class RotationScene {
  public constructor(private readonly stage: Stage, private readonly report: Report, private readonly connectors: readonly number[]) {}

  /** A rotation through the API, up to the end of the old key; calls go on before and after each turn. */
  public async throughApi(load: Load): Promise<void> {
    const { stage: { rotation, service }, report } = this;
    const old = await this.currentId();
    await this.underLoad(load, async (reach) => {
      await reach(0.1);
      const { event, error } = await rotation.rotate();
      const fresh = await this.currentId();
      report.check(`a new key, ${fresh}, is made, proven, pushed, read back and promoted`,
        event === 'RotationSucceeded' && fresh !== old && service.baseAccounts()[0]?.accessKeyId === fresh, error);
      await reach(0.4);
      await rotation.daily.call();
      report.check(`the old key, ${old}, is still active; the daily run leaves it`, (await rotation.userKeys())[old] === 'Active');
      await rotation.letPass(2);
      report.text('Two days pass.');
      await rotation.daily.call();
      report.check('the daily run deactivates the old key', (await rotation.userKeys())[old] === 'Inactive');
      await reach(0.7);
      await rotation.letPass(1);
      const { Heartbeat } = await rotation.daily.call();
      report.check('the one of the next day deletes it, and writes its metrics', Object.keys(await rotation.userKeys()).join() === fresh && Heartbeat === 1);
      await reach(1);
    });
  }

  /** A rotation where a person brings the new key, up to the end of the old one. */
  public async atConsole(load: Load): Promise<void> {
    const { stage: { rotation, service }, report } = this;
    const old = await this.currentId();
    await this.underLoad(load, async (reach) => {
      await rotation.rotate();
      await rotation.daily.call();
      const { accessKeyId, secretAccessKey } = (await this.stage.pendingKey())!;
      report.check(`a new key, ${accessKeyId}, waits for a person; the service goes on with ${old}`,
        await this.currentId() === old && service.baseAccounts()[0]?.accessKeyId === old);
      service.console.editBaseAccount('Global', { accessKeyId, secretAccessKey });
      report.text('A person pastes it at the console.');
      await waitUntil(() => rotation.isUsed(accessKeyId), PATIENCE);
      await rotation.daily.call();
      report.check('the daily run sees that the service uses it, and promotes it', await this.currentId() === accessKeyId);
      for (const days of [2, 1]) {
        await rotation.letPass(days);
        await rotation.daily.call();
      }
      report.check('three days later the old key is gone', Object.keys(await rotation.userKeys()).join() === accessKeyId);
      await reach(1);
    });
  }

  private async underLoad({ calls, concurrency }: Load, work: (reach: (share: number) => Promise<void>) => Promise<void>): Promise<void> {
    const begun = Date.now();
    const caller = this.stage.service.steadyCaller(this.connectors, { concurrency });
    try {
      await work(async (share) => this.reach(caller, calls * share));
    } finally {
      await caller.stop();
    }
    const { calls: made, failures, reasons, keyIds } = caller.tally();
    const seconds = Math.round((Date.now() - begun) / 1000);
    this.report.check(`all the while both roles were assumed: ${made} calls in ${seconds} s, ${failures} failed`, failures === 0, reasons[0]);
    this.report.check('the key that signed them changed once', keyIds.length === 2, keyIds.join(', '));
  }

  private async reach(caller: SteadyCaller, calls: number): Promise<void> {
    const isReached = () => {
      this.report.progress(`${caller.tally().calls} calls`);
      return caller.tally().calls >= calls;
    };
    if (!await waitUntil(isReached, PATIENCE)) throw new Error(`the service made ${caller.tally().calls} calls only, of ${calls}`);
  }

  private async currentId(): Promise<string> {
    return (await this.stage.currentKey())!.accessKeyId;
  }
}
