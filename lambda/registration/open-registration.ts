import { Records } from './record/record';
import { EntryProperties, entryName, Notify, Registration } from './registration';
import type { ServiceProperties } from '../../src/wire/common';
import { TryRoles } from '../access-proof/ports';
import { AccountReaders } from '../accounts/ports';
import { KeySecret, WhoAmI } from '../keys/ports';
import { Environment } from '../runtime/calls/hosts';
import { patient } from '../runtime/calls/patience';
import { Owner } from '../runtime/owner';
import { Invocation, Outbound } from '../runtime/resource';
import { Clock, Random } from '../runtime/world';
import { ServiceApi } from '../service/service';

/** What the registration takes from outside. */
export interface RegistrationWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly env: Environment;
  secret(arn: string, outbound: Outbound): KeySecret;
  whoAmI(outbound: Outbound): WhoAmI;
  records(outbound: Outbound, owner: Owner): Records;
  notify(outbound: Outbound): Notify;
  /** Reads the accounts whose roles the key is tried on. */
  accounts(outbound: Outbound): AccountReaders;
  tryRoles(outbound: Outbound): TryRoles;
  /** Signs in when it is first used. */
  service(service: ServiceProperties, invocation: Invocation, patiently: Outbound): ServiceApi;
}

/** Everything about one entry for a request of CloudFormation, a step of a rotation, or the daily run. */
export function openRegistration(world: RegistrationWorld, properties: EntryProperties, owner: Owner, invocation: Invocation): Registration {
  const outbound = patient(invocation.outbound, world.clock, world.random);
  return {
    properties,
    owner,
    entryName: entryName(properties),
    service: world.service(properties.Service, invocation, outbound),
    secret: world.secret(properties.AccessKeySecretArn, outbound),
    records: world.records(outbound, owner),
    whoAmI: world.whoAmI(invocation.outbound),
    notify: world.notify(outbound),
    clock: world.clock,
    random: world.random,
    deadline: invocation.deadline,
    redactor: invocation.redactor,
    tell: (reason) => invocation.tell(reason),
  };
}
