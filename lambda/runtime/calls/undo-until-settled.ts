import { Deadline } from '../resource';
import { Clock } from '../world';

/** Milliseconds in which a running function finishes its writes, unless the service makes it wait. */
const PAUSES = [5_000, 10_000, 15_000];

/**
 * When another resource fails, CloudFormation gives up a request, and undoes it while its function may still run. If no note can tell that
 * function, this waits for it, and undoes what it does late as well.
 *
 * @param undo returns whether there is nothing more to wait for
 */
export async function undoUntilSettled(clock: Clock, deadline: Deadline, undo: () => Promise<boolean | void>): Promise<void> {
  if (await undo()) return;
  for (const pause of PAUSES) {
    if (pause >= deadline.remaining()) return;
    await clock.sleep(pause);
    if (await undo()) return;
  }
}
