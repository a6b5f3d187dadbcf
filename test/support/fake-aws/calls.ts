import type { Outbound } from '../../../lambda/runtime/resource';

export type Fault = 'refuse' | 'lose-answer' | 'kill';

/** A crash: nothing after it runs, whatever the handler would do about an error. */
export class Killed extends Error {}

/** Numbers every outbound call of a run and breaks one of them. */
export class Calls {
  public readonly steps: string[] = [];
  private dead = false;

  /** @param watch called after every call: what has to hold at every instant */
  public constructor(
    private readonly fault?: { readonly at: number; readonly kind: Fault; readonly error?: Error },
    private readonly watch = () => {},
  ) {}

  public readonly outbound: Outbound = async (step, call) => {
    if (this.dead) throw new Killed(step);
    this.steps.push(step);
    const fault = this.fault?.at === this.steps.length ? this.fault : undefined;
    if (!fault) {
      const result = await call();
      this.watch();
      return result;
    }
    if (fault.kind === 'refuse') throw fault.error ?? Object.assign(new Error('internal'), { name: 'InternalFailure' });
    await call().catch(() => undefined);
    this.watch();
    if (fault.kind === 'kill') {
      this.dead = true;
      throw new Killed(step);
    }
    throw fault.error ?? Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
  };
}
