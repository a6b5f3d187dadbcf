import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is yes; false when the time, in milliseconds, is over. */
export async function waitUntil(answer: () => boolean | Promise<boolean>, time: number): Promise<boolean> {
  const end = Date.now() + time;
  for (;;) {
    if (await answer()) return true;
    if (Date.now() >= end) return false;
    await sleep(25);
  }
}
