import { Deadline } from '../resource';
import { Clock } from '../world';

/** Milliseconds: by then a function that has begun has made what it makes, unless the service lets it wait. */
const PAUSES = [5_000, 10_000, 15_000];

/**
 * CloudFormation gives up what is under way when another resource fails, and takes it back while the function may still be at
 * work. Where no note can tell that function, it is waited for: what it does late is undone as well.
 *
 * @param undo answers whether there is nothing more to wait for
 */
export async function undoUntilSettled(clock: Clock, deadline: Deadline, undo: () => Promise<boolean | void>): Promise<void> {
  if (await undo()) return;
  for (const pause of PAUSES) {
    if (pause >= deadline.remaining()) return;
    await clock.sleep(pause);
    if (await undo()) return;
  }
}
