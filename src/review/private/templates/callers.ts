import { namedBy, Principal } from './principals';
import { RawWay } from './trust';
import { CallerKind, compare, Flaw, LOOKED_UP, sortedBy, Way } from '../model';

/** The AWS account that the shared platforms call from in partition `aws`. */
const QUALYS_ACCOUNT = '805950163170';

/** The ways into a role of `account`, in words; `bases` are the accounts whose users the app gives a key, or registers. */
export function settled(raw: readonly RawWay[], account: string, bases: ReadonlySet<string>): Way[] {
  const ways = raw.flatMap((one) => callersOf(one).map((principal) => wayOf(one, principal, account, bases)));
  const byText = new Map(sortedBy(ways, (way) => JSON.stringify([way.caller, way.only])).map((way) => [JSON.stringify([way.caller, way.only]), way]));
  return [...byText.values()];
}

/** Where a whole account is let in and the statement names its callers, it is those alone. */
function callersOf({ principal, asked }: RawWay): Principal[] {
  if (principal.type !== 'account' || principal.who !== undefined || !asked.callers) return [principal];
  const named = asked.callers.map((arn) => namedBy(arn)!);
  return named.every(({ account }) => account === principal.account) ? named : [principal];
}

function wayOf({ sid, principal: given, asked, marks }: RawWay, principal: Principal, own: string, bases: ReadonlySet<string>): Way {
  const kind = kindOf(principal, sid, bases);
  // Named callers stand in the caller, or else among what is asked.
  const named = asked.callers && principal === given ? [`aws:PrincipalArn ${[...asked.callers].sort(compare).join(' or ')}`] : [];
  const flaws = flawsOf(kind, principal, asked, own);
  const lacks = asked.looseBy === undefined && flaws.some(({ rule }) => rule === 'external-id') ? ['no external ID'] : [];
  const only = [...asked.externalId === undefined ? lacks : [`external ID ${asked.externalId}`], ...named, ...asked.further, ...marks];
  const caller = principal.type === 'account' ? [principal.account, ...principal.who === undefined ? [] : [principal.who]].join(', ') : principal.text;
  return { kind, caller, only: [...new Set(only)], ...flaws.length > 0 && { flaw: flaws[0] } };
}

function kindOf({ type, account }: Principal, sid: string, bases: ReadonlySet<string>): CallerKind {
  if (type !== 'account') return type;
  if (account === QUALYS_ACCOUNT || account === LOOKED_UP || sid === 'QualysAccount') return 'qualys';
  return bases.has(account) || /^BaseAccount\d*$/.test(sid) ? 'base' : 'account';
}

function flawsOf(kind: CallerKind, { account, who, text }: Principal, asked: RawWay['asked'], own: string): Flaw[] {
  const isOwn = account === own && kind === 'account';
  if (kind === 'service' || kind === 'provider' || isOwn) return [];
  if (kind === 'anyone' && !asked.isNarrowed) return [{ rule: 'anyone', says: `${text} may assume it` }];
  const isOne = kind === 'account' && who !== undefined;
  const isFlawed = asked.externalId === undefined && !isOne && !/^whoever (has the internal ID|the deployment names)/.test(text);
  const says = asked.looseBy === undefined ? 'no external ID is asked for' : `the external ID is compared by ${asked.looseBy}, not by StringEquals`;
  return [
    ...isFlawed ? [{ rule: 'external-id' as const, says }] : [],
    ...kind === 'base' && who === undefined ? [{ rule: 'whole-account' as const, says: `whoever may assume roles in ${account} may assume it, not the base account's user alone` }] : [],
  ];
}

/** Whether a role is assumed by services or within its own account alone, so that it is no way in from anywhere. */
export function isInner(raw: readonly RawWay[], account: string, bases: ReadonlySet<string>): boolean {
  return raw.every(({ principal, asked }) => principal.type === 'service'
    || (principal.type === 'account' && principal.account === account && asked.externalId === undefined && asked.looseBy === undefined && !bases.has(account)));
}
