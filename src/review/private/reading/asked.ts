import { namedBy } from './principals';
import { ACCOUNT, isAccountId } from '../model';
import { isObject, Json, objectOf, texts } from '../templates/scope';

/** What a statement asks of its caller. */
export interface Asked {
  /** In words, each has to hold; without the external ID that `StringEquals` asks for, and without the callers. */
  readonly further: readonly string[];
  /** The external ID that `StringEquals` asks for, in words. */
  readonly externalId?: string;
  /** By what it is compared otherwise. */
  readonly looseBy?: string;
  /** The users and roles that may come, by ARN, where the statement says it so that nobody else gets in. */
  readonly callers?: readonly string[];
  /** It asks for an organization, an account or a caller, so that not everybody gets in. */
  readonly isNarrowed: boolean;
}

/** One line of a condition. */
export interface Clause {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export function clausesOf(condition: Json): Clause[] {
  return Object.entries(objectOf(condition)).flatMap(([operator, keys]) => (
    Object.entries(objectOf(keys)).map(([key, value]) => ({ operator, key, values: texts(value) }))));
}

/** Own account at the end of an external ID, so that equal roles of many accounts read alike. Only there: elsewhere digits are digits. */
export const accountAtEnd = (value: string, account: string): string => (
  isAccountId(account) && value.endsWith(account) ? `${value.slice(0, -account.length)}${ACCOUNT}` : value);

const NARROWING = /^aws:(principalorgid|principalaccount|principalorgpaths|principalarn|userid|sourcevpce)$/i;
const isId = ({ key }: Clause) => /^sts:externalid$/i.test(key);

/** Reads a `Condition`. What is not understood stands among the further ones as it is. */
export function askedBy(condition: Json, account: string): Asked {
  if (condition !== undefined && !isObject(condition)) return { further: [`a condition that is ${texts(condition).join()}`], isNarrowed: false };
  const ids = ({ values }: Clause) => values.map((one) => accountAtEnd(one, account)).join(' or ');
  const clauses = clausesOf(condition);
  const strict = clauses.find((one) => isId(one) && one.operator === 'StringEquals');
  const named = clauses.find(({ operator, key, values }) => (
    /^aws:principalarn$/i.test(key) && /^(StringEquals|ArnEquals|ArnLike)$/.test(operator) && values.length > 0 && values.every(namedBy)));
  const others = clauses.filter((one) => one !== strict && one !== named);
  const unread = Object.entries(condition ?? {}).filter(([, keys]) => !isObject(keys)).map(([operator, keys]) => `${operator} ${texts(keys).join()}`);
  return {
    further: [...unread, ...others.map((one) => (isId(one) ? `external ID by ${one.operator} ${ids(one)}` : inWords(one)))].sort(),
    externalId: strict && ids(strict),
    looseBy: others.find(isId)?.operator,
    callers: named?.values,
    isNarrowed: clauses.some(({ operator, key, values }) => NARROWING.test(key) && /^(StringEquals|StringLike|ArnEquals|ArnLike)$/.test(operator) && !values.includes('*')),
  };
}

function inWords({ operator, key, values }: Clause): string {
  const list = values.join(' or ');
  switch (`${operator} ${key.toLowerCase()}`) {
    case 'StringEquals aws:principalorgid': return `organization ${list}`;
    case 'IpAddress aws:sourceip': return `from ${list}`;
    default: return `${operator} ${key} ${list}`;
  }
}
