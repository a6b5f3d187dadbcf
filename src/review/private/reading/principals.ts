import { isObject, JsonObject, texts } from '../templates/scope';

/** Whom a statement lets in, before it is known whose base account is whose. */
export interface Principal {
  /** Everybody, an AWS account or a part of it, a service, an identity provider, or what cannot be told. */
  readonly type: 'anyone' | 'account' | 'service' | 'provider' | 'unknown';
  /** The account, where it is one. */
  readonly account: string;
  /** `user qualys-base-account`; nothing: the whole account. */
  readonly who?: string;
  /** In words, for all but accounts. */
  readonly text: string;
}

const of = (type: Principal['type'], text: string): Principal => ({ type, account: '', text });

/** Account and name of an ARN of IAM or STS. What only the deployment knows may stand in each part. */
const ARN = /^arn:[^:]*:(?:iam|sts):[^:]*:([^:]+):(root|user|role|assumed-role|federated-user)(?:\/(.+))?$/s;
const KINDS: Readonly<Record<string, string>> = { 'user': 'user', 'role': 'role', 'assumed-role': 'session of the role', 'federated-user': 'federated user' };

/** A principal of AWS, by its ARN or ID. */
function awsPrincipal(text: string): Principal {
  if (text === '*') return of('anyone', 'everybody');
  if (/^(\d{12}|‹[^›]+›)$/.test(text)) return { type: 'account', account: text, text };
  const [, account, kind = '', name] = ARN.exec(text) ?? [];
  if (account !== undefined && kind === 'root' && name === undefined) return { type: 'account', account, text };
  if (account !== undefined && kind !== 'root' && name !== undefined && !/[*?]/.test(name)) return { type: 'account', account, who: `${KINDS[kind]} ${name}`, text };
  return of('unknown', /^A[A-Z]{2}A[A-Z0-9]+$/.test(text) ? `whoever has the internal ID ${text}` : `whoever ${text} is`);
}

/** All principals of a statement; what is not understood is among them as it stands. */
export function principalsOf({ Principal: given, NotPrincipal: others }: JsonObject): Principal[] {
  if (others !== undefined) return [of('anyone', `everybody but ${(isObject(others) ? Object.values(others) : [others]).flatMap(texts).join(', ')}`)];
  if (given === '*') return [of('anyone', 'everybody')];
  if (!isObject(given)) return [of('unknown', `whoever ${given === undefined ? 'is meant by a statement without a principal' : `${JSON.stringify(given)} is`}`)];
  return Object.entries(given).flatMap(([kind, value]) => texts(value).map((text) => principalOf(kind, text)));
}

function principalOf(kind: string, text: string): Principal {
  switch (kind) {
    case 'AWS': return awsPrincipal(text);
    case 'Service': return of('service', text);
    case 'Federated': return text === '*' ? of('anyone', 'everybody whom any provider knows') : of('provider', `whoever signs in through ${text}`);
    case '*': return of('anyone', 'everybody');
    default: return of('unknown', `${kind} ${text}`);
  }
}

/** Account and user of an ARN, where it names one and no pattern. Policies may hold variables: those are patterns too. */
export function namedBy(arn: string): Principal | undefined {
  const principal = awsPrincipal(arn);
  return principal.who !== undefined && !/[*?]|\$\{[^}]*:/.test(arn) ? principal : undefined;
}
