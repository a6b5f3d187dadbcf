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
 * The environment fixes what the function may be asked for. Otherwise a caller could name another host in an event, and would get the key
 * and the password.
 */

/** The function serves one resource, the owner of the entry. */
export function checkResource(logicalId: string, env: Environment): void {
  const { owner } = parseDeployedRegistration(env);
  if (logicalId !== owner.logicalId) throw new DeployError(`the event is of the resource ${logicalId}, but this function serves ${owner.logicalId} alone; nothing was called`);
}

/** Throws when the event asks for anything that was not deployed. */
export function checkAsked({ AccessKeyId: _, VerifyAccessTo: __, ...asked }: BaseAccountProperties, env: Environment): EntryProperties {
  const { properties } = parseDeployedRegistration(env);
  if (isPinned(asked, properties)) return properties;
  const names = Object.keys({ ...asked, ...properties }) as Array<keyof EntryProperties>;
  const differ = names.filter((name) => !isPinned(asked[name], properties[name]));
  throw new DeployError(`the event asks for another ${differ.join(', ')} than this function was deployed with; nothing was called. Deploy the stack`);
}

/** The roles to try the key on. Throws when the event has other roles than were deployed, or none. */
export function checkAskedAccess({ VerifyAccessTo }: BaseAccountProperties, env: Environment): BaseAccountProperties['VerifyAccessTo'] {
  const pin = env[VERIFY_ACCESS_VARIABLE];
  if (!isPinned(VerifyAccessTo, pin === undefined || isHash(pin) ? pin : JSON.parse(pin))) throw new DeployError('the event asks for another VerifyAccessTo than this function was deployed with; nothing was called. Deploy the stack');

  if (VerifyAccessTo) checkSources(VerifyAccessTo);
  return VerifyAccessTo;
}

/**
 * What to remove. If the event names another platform or account type, CloudFormation cleans up after a change. The function then uses only
 * the place of that event, and nothing that could extend what it does. The rest comes from the record of that place, which it can read only
 * if it was deployed for it.
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
