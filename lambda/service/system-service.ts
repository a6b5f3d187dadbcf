import { connect, ServiceApi } from './service';
import { optionsOf } from './system-options';
import type { ServiceProperties } from '../../src/wire/common';
import { Invocation, Outbound } from '../runtime/resource';

/** The connector service as it is reached from Lambda. It signs in when it is first used. */
export function systemService(service: ServiceProperties, invocation: Invocation, patiently: Outbound): ServiceApi {
  return connect(optionsOf(service, invocation, patiently));
}
