import { existsSync, readFileSync } from 'node:fs';
import { waitUntil } from './processes/wait-until';

/** What CloudTrail tells of a rotation; `Test` is the trial when a schedule is set. */
export interface RotationNews {
  readonly event: `${'' | 'Test'}Rotation${'Started' | 'Succeeded' | 'Failed'}`;
  /** ARN of the secret. */
  readonly secret: string;
  readonly version: string;
  /** The step that failed, and what the function said. */
  readonly step?: string;
  readonly error?: string;
}

const TIME = 120_000;

/** What became of the rotations of an emulator. */
export class Rotations {
  /** The emulator appends to this file. */
  public constructor(public readonly file: string) {}

  /** Of one secret, oldest first. */
  public of(secretArn: string): RotationNews[] {
    if (!existsSync(this.file)) return [];
    const lines = readFileSync(this.file, 'utf8').split('\n').filter((line) => line.endsWith('}'));
    return lines.map((line) => JSON.parse(line) as RotationNews).filter(({ secret }) => secret === secretArn);
  }

  /** Waits until no rotation and no trial of the secret is under way; the last thing that was told of it. */
  public async settled(secretArn: string): Promise<RotationNews | undefined> {
    const last = () => this.of(secretArn).at(-1);
    if (!await waitUntil(() => !last()?.event.endsWith('Started'), TIME)) {
      throw new Error(`the rotation of ${secretArn} is still under way after ${TIME / 1000} `
        + 's');
    }
    return last();
  }
}
