import { EntryProperties, Registration } from './registration';
import { LABELS } from '../../src/wire/account-types';
import { DeployError } from '../runtime/errors';
import { NoUsableAnswer, ServiceAnswer } from '../service/http/errors';

/** Longest name in a message: people choose the names of connectors. */
const MAXIMUM_NAME_LENGTH = 60;

/** The connectors that call from this base account, in words; undefined when there are none. */
export async function connectorsLeft({ service, properties }: Registration): Promise<string | undefined> {
  const { count, names } = await service.connectors.ofType(properties.AccountType);
  if (count === 0) return undefined;
  const shown = names.map(inOneLine);
  const more = count > shown.length ? `${shown.length === 0 ? '' : ' and '}${count - shown.length} more` : '';
  return `${count} ${count === 1 ? 'connector' : 'connectors'} of account type ${LABELS[properties.AccountType]} (${shown.join(', ')}${more})`;
}

/**
 * Throws while there are connectors. Without the entry the service calls them from the Qualys account at once, which their roles may not
 * trust, or not at all.
 */
export async function refuseWhileConnectorsRemain(registration: Registration): Promise<void> {
  const { entryName, properties } = registration;
  const left = await connectorsLeft(registration).catch((error: unknown) => { throw unreadable(registration, error); });
  if (left !== undefined) throw new DeployError(`${entryName} is not removed, as ${left} ${consequenceOf(properties)}; entry, key and user stay. ${properties.AccountType === 'CHINA' ? CHINA : WHAT_TO_DO}`);

}

/** What happens to the connectors without the entry. Qualys has no account in China. */
export function consequenceOf({ AccountType }: EntryProperties): string {
  return AccountType === 'CHINA' ? 'would stop until a base account is registered again' : 'would call from the Qualys account at once';
}

/** The order makes sure that no connector loses its role. */
const WHAT_TO_DO = 'Let their roles trust the Qualys account too (TrustPrincipal.anyOf), or it alone (TrustPrincipal.qualysAccount). Then remove the connectors, or '
  + 'set deletionProtection: false and deploy, and delete again. A stack that cannot be deployed any more: remove the entry at the Qualys console, then delete again';

/** In China the service has no other account to call from. */
const CHINA = 'Remove the connectors first; or, if they may stop, set deletionProtection: false and deploy, then delete again. A stack that cannot be deployed any more: remove the '
  + 'entry at the Qualys console, then delete again';

/** When the connectors cannot be read, the entry stays. */
function unreadable({ entryName }: Registration, error: unknown): unknown {
  if (!(error instanceof ServiceAnswer || error instanceof NoUsableAnswer)) return error;
  return new DeployError(`${entryName} is not removed, as nobody knows which connectors still use it; entry, key and user stay: ${error.message}. Delete again when `
    + 'the connectors can be read, or make sure that no role trusts the base account alone, set deletionProtection: false and deploy before');
}

function inOneLine(name: string): string {
  const line = name.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length > MAXIMUM_NAME_LENGTH ? `${line.slice(0, MAXIMUM_NAME_LENGTH - 3)}...` : line;
}
