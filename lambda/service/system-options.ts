import type { ConnectOptions } from './service';
import { readCredentials } from './sign-in/credentials-secret';
import type { ServiceProperties } from '../../src/wire/common';
import { Invocation, Outbound } from '../runtime/resource';
import { systemWorld } from '../runtime/world';

/** What a connection from Lambda takes. The secret is read when it signs in. */
export function optionsOf(service: ServiceProperties, { deadline, redactor, outbound, again }: Invocation, patiently: Outbound): ConnectOptions {
  const credentials = () => readCredentials(service.CredentialsSecretArn, patiently);
  return { ...systemWorld, env: process.env, service, credentials, deadline, redactor, outbound, again };
}
