import { connect, ConnectOptions, ServiceApi } from './service';
import { readCredentials } from './sign-in/credentials-secret';
import type { ServiceProperties } from '../../src/wire/common';
import { Invocation, Outbound } from '../runtime/resource';
import { systemWorld } from '../runtime/system-world';

/** The options of a function that a schedule runs again. */
export type Manner = Pick<ConnectOptions, 'waitsForLimits' | 'seen'>;

/** The real connector service. It signs in when it is first used. */
export function systemService(
  service: ServiceProperties, { deadline, redactor, outbound, again }: Invocation, patiently: Outbound, manner: Manner = {},
): ServiceApi {
  const credentials = () => readCredentials(service.CredentialsSecretArn, patiently);
  return connect({ ...systemWorld, env: process.env, service, credentials, deadline, redactor, outbound, again, ...manner });
}
