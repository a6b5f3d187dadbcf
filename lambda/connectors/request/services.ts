import * as z from 'zod/mini';
import type { ServiceProperties } from '../../../src/wire/common';
import { AWAITED_VARIABLE, SERVICES_VARIABLE } from '../../../src/wire/connector';
import { isPinned } from '../../../src/wire/pins';
import { Environment } from '../../runtime/calls/hosts';
import { DeployError } from '../../runtime/errors';
import { parseProperties } from '../../runtime/properties';
import { serviceHost } from '../../service/http/origin';
import { strangeHost } from '../../service/http/site';
import { serviceProperties } from '../../service/properties';

const services = z.array(serviceProperties);
const places = z.array(z.string());

/** Throws for a service that the function was not deployed for. A caller must not be able to send the credentials elsewhere. */
export function checkService(service: ServiceProperties, env: Environment): void {
  if (isDeployed(service, env)) return;
  throw new DeployError(`${serviceHost(service)}, with the gateway, platform URL and credentials that the event names, is no service that this function was deployed for; `
    + 'nothing was called. Deploy the stack that it stands in');
}

/**
 * Checks the service when CloudFormation cleans up after a change of the service. The first call proves that the function may read the
 * notes of that host, a right that comes with the resource. The other hosts have to belong to it.
 */
export function checkFormerService(service: ServiceProperties, env: Environment): void {
  if (isDeployed(service, env)) return;
  const stranger = strangeHost(service);
  if (stranger === undefined) return;
  throw new DeployError(`${stranger} is no host of ${serviceHost(service)}, and no service that this function is deployed for has it; nothing was called. Remove the connector at the `
    + 'Qualys console, then delete this resource with the stack option to retain it');
}

/** Whether the base account of this type at this service may wait for a person. */
export function isAwaited(service: ServiceProperties, accountType: string, env: Environment): boolean {
  return listIn(places, env[AWAITED_VARIABLE]).includes(`${service.ApiServer} ${accountType}`);
}

/** The services that the function was deployed for. */
export function deployedServices(env: Environment): ServiceProperties[] {
  return listIn(services, env[SERVICES_VARIABLE]);
}

function isDeployed(service: ServiceProperties, env: Environment): boolean {
  return deployedServices(env).some((one) => isPinned(one, service));
}

function listIn<S extends z.ZodMiniType>(schema: S, value = '[]'): z.output<S> {
  return parseProperties(schema, JSON.parse(value));
}
