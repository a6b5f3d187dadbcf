import { Asked, askedBy, clausesOf } from './asked';
import { namedBy, Principal, principalsOf } from './principals';
import { assumes, Statement, statementsOf } from './statements';
import { sortedBy } from '../lists';
import { CallerKind, Flaw, LOOKED_UP, UNREADABLE, Way } from '../model';
import { Shared } from '../templates/files';
import { Json, Resource } from '../templates/scope';

/** The AWS account that the shared platforms call from in partition `aws`. */
const QUALYS_ACCOUNT = '805950163170';
const NOT_READ: Principal = { type: 'unknown', account: '', text: UNREADABLE };

export interface Trust {
  readonly ways: readonly Way[];
  /** Services or the role's own account alone: no way in from anywhere. */
  readonly isInner: boolean;
}

/** Whom a statement lets in, and what it asks. */
interface Opening { readonly principal: Principal; readonly sid: string; readonly asked: Asked; readonly marks: readonly string[] }

/** Reads trust policies. Roles that share one share what is read of it. */
export class TrustPolicies {
  private readonly shared = new Shared<Trust>();

  /** `bases` are the accounts whose users the app gives a key, or registers. */
  public constructor(private readonly bases: ReadonlySet<string>) {}

  public of({ scope, marks }: Resource, document: Json): Trust {
    return this.shared.of(scope, document, marks.join(), () => this.read(statementsOf(scope, document, marks), scope.place.account));
  }

  private read(all: readonly Statement[], own: string): Trust {
    const statements = all.filter(({ value }) => !value || assumes(value));
    const denied = statements.filter(({ value }) => value?.Effect === 'Deny').map(denial);
    const openings = statements.filter(({ value }) => value?.Effect !== 'Deny').flatMap(({ value, marks }) => {
      const asked = askedBy(value?.Condition, own);
      return (value ? principalsOf(value) : [NOT_READ]).map((principal) => ({ principal, sid: String(value?.Sid ?? ''), asked, marks: [...marks, ...denied] }));
    });
    const textOf = ({ caller, only }: Way) => JSON.stringify([caller, only]);
    const ways = openings.flatMap((opening) => callersOf(opening).map((principal) => this.way(opening, principal, own)));
    return {
      ways: [...new Map(sortedBy(ways, textOf).map((way) => [textOf(way), way])).values()],
      isInner: openings.every(({ principal: { type, account }, asked: { externalId, looseBy } }) => type === 'service'
        || (type === 'account' && account === own && externalId === undefined && looseBy === undefined && !this.bases.has(own))),
    };
  }

  private way({ sid, principal: given, asked, marks }: Opening, principal: Principal, own: string): Way {
    const { account, who, type, text } = principal;
    const kind = this.kindOf(principal, sid);
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

  private kindOf({ type, account }: Principal, sid: string): CallerKind {
    if (type !== 'account') return type;
    if (account === QUALYS_ACCOUNT || account === LOOKED_UP || sid === 'QualysAccount') return 'qualys';
    return this.bases.has(account) || /^BaseAccount\d*$/.test(sid) ? 'base' : 'account';
  }
}

/** Where a whole account is let in and the statement names its callers, it is those alone. */
function callersOf({ principal, asked: { callers } }: Opening): Principal[] {
  if (principal.type !== 'account' || principal.who !== undefined || !callers) return [principal];
  const named = callers.map((arn) => namedBy(arn)!);
  return named.every(({ account }) => account === principal.account) ? named : [principal];
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

function denial({ value = {}, marks }: Statement): string {
  const conditions = clausesOf(value.Condition).map(({ operator, key, values }) => `${operator} ${key} ${values.join(' or ')}`);
  const where = [...conditions, ...marks].sort().join(' and ');
  return `denied to ${principalsOf(value).map(({ text }) => text).sort().join(', ')}${where === '' ? '' : ` where ${where}`}`;
}
