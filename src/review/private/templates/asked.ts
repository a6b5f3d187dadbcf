import { namedBy, texts } from './principals';
import { isObject, Json } from './scope';
import { compare } from '../model';

/** What a statement asks of its caller. */
export interface Asked {
  /** In words, each has to hold; without the external ID that `StringEquals` asks for. */
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

const EXTERNAL_ID = 'sts:externalid';
const NARROWING = ['aws:principalorgid', 'aws:principalaccount', 'aws:principalorgpaths', 'aws:principalarn', 'aws:userid', 'aws:sourcevpce'];

/** Own account at the end of an external ID, so that equal roles of many accounts read alike. Only there: elsewhere digits are digits. */
export const accountAtEnd = (value: string, account: string): string => (value.endsWith(account) && /^\d{12}$/.test(account) ? `${value.slice(0, -12)}‹account›` : value);

/** Reads a `Condition`. What is not understood stands among the further ones as it is. */
export function askedBy(condition: Json, account: string): Asked {
  const further: string[] = [];
  let externalId: string | undefined;
  let looseBy: string | undefined;
  let callers: readonly string[] | undefined;
  let isNarrowed = false;
  if (condition !== undefined && !isObject(condition)) return { further: [`a condition that is ${texts(condition).join()}`], isNarrowed };
  for (const [operator, keys] of Object.entries(condition ?? {})) {
    if (!isObject(keys)) {
      further.push(`${operator} ${texts(keys).join()}`);
      continue;
    }
    for (const [key, value] of Object.entries(keys)) {
      const values = texts(value);
      const name = key.toLowerCase();
      const isStrict = operator === 'StringEquals';
      isNarrowed ||= NARROWING.includes(name) && /^(StringEquals|StringLike|ArnEquals|ArnLike)$/.test(operator) && !values.includes('*');
      if (name === EXTERNAL_ID && isStrict && externalId === undefined) {externalId = values.map((one) => accountAtEnd(one, account)).join(' or ');} else if (name === 'aws:principalarn' && callers === undefined && /^(StringEquals|ArnEquals|ArnLike)$/.test(operator) && values.length > 0 && values.every(namedBy)) {
        callers = values;
      } else {
        if (name === EXTERNAL_ID) looseBy ??= operator;
        further.push(name === EXTERNAL_ID ? `external ID by ${operator} ${values.map((one) => accountAtEnd(one, account)).join(' or ')}` : inWords(operator, key, values));
      }
    }
  }
  return { further: further.sort(compare), externalId, looseBy, callers, isNarrowed };
}

function inWords(operator: string, key: string, values: readonly string[]): string {
  const list = values.join(' or ');
  switch (`${operator} ${key.toLowerCase()}`) {
    case 'StringEquals aws:principalorgid': return `organization ${list}`;
    case 'IpAddress aws:sourceip': return `from ${list}`;
    default: return `${operator} ${key} ${list}`;
  }
}
