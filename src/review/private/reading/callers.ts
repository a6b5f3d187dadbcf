import { Asked } from './asked';
import { namedBy, Principal } from './principals';
import { RawWay } from './trust';
import { sortedBy } from '../lists';
import { CallerKind, Flaw, LOOKED_UP, Way } from '../model';

/** The AWS account that the shared platforms call from in partition `aws`. */
const QUALYS_ACCOUNT = '805950163170';

/** Whether a role is assumed by services or within its own account alone, so that it is no way in from anywhere. */
export function isInner(raw: readonly RawWay[], account: string, bases: ReadonlySet<string>): boolean {
  return raw.every(({ principal, asked }) => principal.type === 'service'
    || (principal.type === 'account' && principal.account === account && asked.externalId === undefined && asked.looseBy === undefined && !bases.has(account)));
}

/** The ways into a role of `account`, in words; `bases` are the accounts whose users the app gives a key, or registers. */
export function settled(raw: readonly RawWay[], account: string, bases: ReadonlySet<string>): Way[] {
  const textOf = ({ caller, only }: Way) => JSON.stringify([caller, only]);
  const ways = raw.flatMap((one) => callersOf(one).map((principal) => wayOf(one, principal, account, bases)));
  return [...new Map(sortedBy(ways, textOf).map((way) => [textOf(way), way])).values()];
}

/** Where a whole account is let in and the statement names its callers, it is those alone. */
function callersOf({ principal, asked: { callers } }: RawWay): Principal[] {
  if (principal.type !== 'account' || principal.who !== undefined || !callers) return [principal];
  const named = callers.map((arn) => namedBy(arn)!);
  return named.every(({ account }) => account === principal.account) ? named : [principal];
}

function wayOf({ sid, principal: given, asked, marks }: RawWay, principal: Principal, own: string, bases: ReadonlySet<string>): Way {
  const { account, who, type, text } = principal;
  const kind = kindOf(principal, sid, bases);
  const flaw = flawOf(kind, principal, asked, own);
  const only = [
    ...asked.externalId !== undefined ? [`external ID ${asked.externalId}`] : flaw?.rule === 'external-id' && asked.looseBy === undefined ? ['no external ID'] : [],
    // Named callers stand in the caller, or else among what is asked.
    ...asked.callers && principal === given ? [`aws:PrincipalArn ${[...asked.callers].sort().join(' or ')}`] : [],
    ...asked.further,
    ...marks,
  ];
  return { kind, caller: type !== 'account' ? text : who === undefined ? account : `${account}, ${who}`, only: [...new Set(only)], ...flaw && { flaw } };
}

function kindOf({ type, account }: Principal, sid: string, bases: ReadonlySet<string>): CallerKind {
  if (type !== 'account') return type;
  if (account === QUALYS_ACCOUNT || account === LOOKED_UP || sid === 'QualysAccount') return 'qualys';
  return bases.has(account) || /^BaseAccount\d*$/.test(sid) ? 'base' : 'account';
}

function flawOf(kind: CallerKind, { account, who, text }: Principal, { externalId, looseBy, isNarrowed }: Asked, own: string): Flaw | undefined {
  if (kind === 'service' || kind === 'provider' || (kind === 'account' && account === own)) return undefined;
  if (kind === 'anyone' && !isNarrowed) return { rule: 'anyone', says: `${text} may assume it` };
  const isOne = (kind === 'account' && who !== undefined) || /^whoever (has the internal ID|the deployment names)/.test(text);
  const says = looseBy === undefined ? 'no external ID is asked for' : `the external ID is compared by ${looseBy}, not by StringEquals`;
  if (externalId === undefined && !isOne) return { rule: 'external-id', says };
  return kind !== 'base' || who !== undefined ? undefined
    : { rule: 'whole-account', says: `whoever may assume roles in ${account} may assume it, not the base account's user alone` };
}
