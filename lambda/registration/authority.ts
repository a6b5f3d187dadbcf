import { parseDeployedRegistration } from './deployed-registration';
import { EntryProperties } from './registration';
import type { BaseAccountProperties } from '../../src/wire/base-account';
import { recordNameOf, VERIFY_ACCESS_VARIABLE } from '../../src/wire/base-account';
import { isHash, isPinned } from '../../src/wire/pins';
import { checkSources } from '../accounts/properties';
import { Environment } from '../runtime/calls/hosts';
import { DeployError } from '../runtime/errors';
import { serviceHost } from '../service/http/origin';
import { strangeHost } from '../service/http/site';

/*
 * What the function may be asked for stands in its environment. Whoever can invoke it could else name another host in an event, and would be
 * sent the key and the password.
 */

/** The function serves one resource, whose entry it is. */
export function checkResource(logicalId: string, env: Environment): void {
  const { owner } = parseDeployedRegistration(env);
  if (logicalId !== owner.logicalId) throw new DeployError(`the event is of the resource ${logicalId}, but this function serves ${owner.logicalId} alone; nothing was called`);
}

/** Throws where the event asks for something else than was deployed. */
export function checkAsked({ AccessKeyId: _, VerifyAccessTo: __, ...asked }: BaseAccountProperties, env: Environment): EntryProperties {
  const { properties } = parseDeployedRegistration(env);
  if (isPinned(asked, properties)) return properties;
  const names = Object.keys({ ...asked, ...properties }) as Array<keyof EntryProperties>;
  const differ = names.filter((name) => !isPinned(asked[name], properties[name]));
  throw new DeployError(`the event asks for another ${differ.join(', ')} than this function was deployed with; nothing was called. Deploy the stack`);
}

/** The roles that the key is to be tried on. Throws where the event names others than were deployed, or leaves them out. */
export function checkAskedAccess({ VerifyAccessTo }: BaseAccountProperties, env: Environment): BaseAccountProperties['VerifyAccessTo'] {
  const pin = env[VERIFY_ACCESS_VARIABLE];
  if (!isPinned(VerifyAccessTo, pin === undefined || isHash(pin) ? pin : JSON.parse(pin))) throw new DeployError('the event asks for another VerifyAccessTo than this function was deployed with; nothing was called. Deploy the stack');

  if (VerifyAccessTo) checkSources(VerifyAccessTo);
  return VerifyAccessTo;
}

/**
 * What is to be removed. Where the event names another platform or account type, CloudFormation cleans up behind a change of it. Of that event
 * only the place is taken, and nothing that could widen what is done: the record of that place, which the function can read only if it was deployed
 * for it, says the rest.
 */
export function formerEntry(asked: BaseAccountProperties, env: Environment): EntryProperties {
  const { properties } = parseDeployedRegistration(env);
  const { Service, AccountType } = asked;
  if (serviceHost(Service) === serviceHost(properties.Service) && AccountType === properties.AccountType) return checkAsked(asked, env);
  const stranger = strangeHost(Service);
  if (stranger !== undefined) {
    throw new DeployError(`${stranger} is no host of ${serviceHost(Service)}; nothing was called. Remove the entry at the Qualys console, then delete this resource `
      + 'with the stack option to retain it');
  }
  const isUnprotected = properties.DeletionProtection === 'false' && asked.DeletionProtection === 'false';
  return {
    ...properties, Service, AccountType, RecordName: recordNameOf(serviceHost(Service), AccountType), DeletionProtection: isUnprotected ? 'false' : 'true',
  };
}
