import { ChildProcess } from 'node:child_process';
import { waitUntil } from './wait-until';

/** Has this child ended? */
export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Signals a child that leads a process group of its own (`detached`), and all it started. False when none of them is left. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    return false;
  }
}

/** Asks the child to end, gives it `grace` milliseconds, then ends whatever is left of its group. */
export async function stopGroup(child: ChildProcess, grace: number): Promise<void> {
  if (!hasEnded(child)) child.kill('SIGTERM');
  await waitUntil(() => child.pid === undefined || hasEnded(child), grace);
  signalGroup(child, 'SIGKILL');
  await waitUntil(() => !signalGroup(child, 0), grace);
}
