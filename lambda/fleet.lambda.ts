import { randomUUID } from 'node:crypto';
import { organization } from './accounts/organization';
import { stackSets } from './accounts/stack-sets';
import { confirmFleet } from './fleet/confirm';
import { fleet } from './fleet/fleet';
import { runFleet } from './fleet/run';
import { FleetWorld } from './fleet/run-context';
import { dynamoTable } from './fleet/table/dynamo';
import { calledBy } from './runtime/callers';
import { customResourceHandler } from './runtime/custom-resource';
import { runTask } from './runtime/task';
import { systemWorld } from './runtime/world';
import { systemQps } from './service/system-qps';
import { CONFIRM_EVENT } from '../src/wire/common';
import { FLEET_RUN_EVENT } from '../src/wire/fleet';

const world: FleetWorld = {
  ...systemWorld,
  newToken: randomUUID,
  service: systemQps,
  table: dynamoTable,
  readers: (outbound) => ({ stackSets: stackSets(outbound), organization: organization(outbound) }),
};

/** Called by CloudFormation, by a schedule every five minutes, and by a person who asks how it stands. */
export const handler = calledBy<string[] | void>(systemWorld, {
  request: customResourceHandler(fleet(world), systemWorld),
  tasks: {
    [FLEET_RUN_EVENT.Task]: (_, context) => runTask('FleetRun', context, systemWorld, (invocation) => runFleet(world, invocation)),
    [CONFIRM_EVENT.Task]: (_, context) => runTask('Confirm', context, systemWorld, (invocation) => confirmFleet(world, invocation)),
  },
});
