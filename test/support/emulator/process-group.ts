import { ChildProcess } from 'node:child_process';
import { waitUntil } from './wait-until';

/** Has this child ended? */
export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Signals a child that leads a process group of its own (`detached`), and all it started; none left is fine. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Asks the child to end, gives it `grace` milliseconds, then ends whatever is left of its group. */
export async function stopGroup(child: ChildProcess, grace: number): Promise<void> {
  if (child.pid === undefined) return;
  if (!hasEnded(child)) child.kill('SIGTERM');
  await waitUntil(() => hasEnded(child), grace);
  signalGroup(child, 'SIGKILL');
  await waitUntil(() => hasEnded(child), grace);
}
