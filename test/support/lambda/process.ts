import type { TimerOwner } from '../virtual-time';

/** The process of one instance of a function. Between two invocations it is frozen; once dead, nothing of it goes on. */
export class Process implements TimerOwner {
  public state: 'running' | 'frozen' | 'dead' = 'frozen';
  /** Called when it is killed. */
  public onKill?: () => void;
  private waiting: Array<() => void> = [];

  /** @param role ARN of the role that the function signs with */
  public constructor(public readonly functionName: string, public readonly role?: string) {}

  /** Resolves while it runs: at once, when it is thawed, or never. */
  public async running(): Promise<void> {
    while (this.state !== 'running') await new Promise<void>((resume) => { this.waiting.push(resume); });
  }

  public thaw(): void {
    this.state = 'running';
    this.waiting.splice(0).forEach((resume) => resume());
  }

  public freeze(): void {
    if (this.state === 'running') this.state = 'frozen';
  }

  public kill(): void {
    this.state = 'dead';
    this.waiting = [];
    this.onKill?.();
  }
}
