import { deployedFleet } from './authority';
import { FleetTable } from './ports';
import { FleetWorld } from './run-context';
import { TABLE_VARIABLE } from '../../src/wire/fleet';
import { Invocation } from '../runtime/resource';

const MOST_SHOWN = 20;

/** The state of the fleet in sentences, from its table. It makes no call of the service. */
export async function confirmFleet(world: FleetWorld, { outbound }: Invocation): Promise<string[]> {
  const { name } = deployedFleet(world.env);
  const table: FleetTable = world.table(world.env[TABLE_VARIABLE] ?? '', outbound, world.clock);
  const state = await table.state();
  if (state?.counts === undefined) return [`The fleet ${name} has not run yet: its first run comes within five minutes.`];
  const { connected, waiting, problems, failing, missing } = state.counts;
  const rows = await table.rows();
  const told = rows.flatMap(({ accountId, goneSince, state: standing, reason, problem, blockedBy }) => {
    if (goneSince !== undefined) return [];
    const why = [standing === 'FAILED' ? reason : undefined, blockedBy?.why, problem].find((one) => one !== undefined);
    return why === undefined ? [] : [`Account ${accountId}: ${why}`];
  });
  return [
    `The fleet ${name} has connected ${connected} ${connected === 1 ? 'account' : 'accounts'}; ${waiting} wait for their connectors, ${problems} ${problems === 1 ? 'needs' : 'need'} a person. `
      + `At the last read of the service ${failing} connectors failed and ${missing} were missing.`,
    ...state.stopped === undefined ? [] : [`Stopped: ${state.stopped}`],
    ...(state.planned?.excluded ?? []).map((accountId) => `Account ${accountId} has the role although it is excluded: it is not connected.`),
    ...told.slice(0, MOST_SHOWN),
    ...told.length > MOST_SHOWN ? [`${told.length - MOST_SHOWN} more accounts need a person.`] : [],
  ];
}
