import { accountLookup } from './connectors/account-lookup';
import { connector } from './connectors/connector';
import { stackResources } from './connectors/health/connectors-in-code';
import { monitor } from './connectors/health/monitor';
import { parameterStore } from './connectors/notes/parameter-store';
import { ConnectorWorld } from './connectors/request/open-request';
import { confirmConnectors } from './connectors/verification/confirm';
import { byResourceType, calledBy } from './runtime/callers';
import { customResourceHandler } from './runtime/custom-resource';
import { runTask } from './runtime/task';
import { systemWorld } from './runtime/world';
import { systemService } from './service/system-service';
import { CONFIRM_EVENT, STACK_VARIABLE } from '../src/wire/common';
import { ACCOUNT_LOOKUP_RESOURCE_TYPE, CONNECTOR_RESOURCE_TYPE } from '../src/wire/connector';
import { MONITOR_TASK } from '../src/wire/monitoring';

const world: ConnectorWorld = { ...systemWorld, service: systemService, notes: parameterStore, connectorsInCode: stackResources };

/** CloudFormation calls it, a schedule that checks the connectors, and a person who asks for their state. */
export const handler = calledBy<string[] | void>(systemWorld, {
  request: byResourceType({
    [CONNECTOR_RESOURCE_TYPE]: customResourceHandler(connector(world), systemWorld),
    [ACCOUNT_LOOKUP_RESOURCE_TYPE]: customResourceHandler(accountLookup(world), systemWorld),
  }, systemWorld),
  tasks: {
    [CONFIRM_EVENT.Task]: (_, context) => runTask('Confirm', context, systemWorld, (invocation) => (
      confirmConnectors(world, systemWorld.env[STACK_VARIABLE] ?? '', invocation))),
    [MONITOR_TASK]: (event, context) => runTask('Monitor', context, systemWorld, (invocation) => (
      monitor(world, event, systemWorld.env[STACK_VARIABLE] ?? '', invocation, systemWorld.write))),
  },
});
