import { Deadline } from './resource';
import { Clock } from './world';

/** Milliseconds: by then a function that has begun has made what it makes, unless the service lets it wait. */
const PAUSES = [0, 5_000, 10_000, 15_000];

/**
 * CloudFormation gives up a Create, or an update that replaces, when another resource fails, and takes it back while the function may
 * still be at work. Where no note can tell that function, it is waited for: what it makes late is removed as well.
 */
export async function removeLate(clock: Clock, deadline: Deadline, remove: () => Promise<void>): Promise<void> {
  for (const pause of PAUSES) {
    if (pause >= deadline.remaining()) return;
    if (pause > 0) await clock.sleep(pause);
    await remove();
  }
}
