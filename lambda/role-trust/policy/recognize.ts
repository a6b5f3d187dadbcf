import { externalIdTests, furtherTests, soleExternalId } from './conditions';
import { Statement, TrustDocument } from './document';
import { accountOf, isOfDeleted } from './principals';
import { DeployError } from '../../runtime/errors';

/** How to recognize the connector service in a trust policy. */
export interface KnownCallers {
  readonly accounts: ReadonlySet<string>;
  readonly externalIds: ReadonlySet<string>;
}

/** Actions that a statement may allow in addition to `sts:AssumeRole`. They are kept. */
const COMPANIONS = new Set(['sts:tagsession', 'sts:setsourceidentity']);

/** The statements that let the connector service in. Throws when there is none, and for a document where that is not clear. */
export function connectorStatements({ statements }: TrustDocument, callers: KnownCallers): Statement[] {
  const found = statements.filter((statement) => letsServiceIn(statement, callers));
  if (found.length === 0) {
    throw new DeployError(`no statement of its trust policy lets the connector service in: none allows sts:AssumeRole to ${listed(callers.accounts)} with the `
      + `external ID ${listed(callers.externalIds)}; it trusts ${listed(statements.flatMap(({ content }) => principalsOf(content.Principal)))}. `
      + 'Give the external ID of the connector, and the account that the service calls from in formerAccountIds');
  }
  return found;
}

/** The actions that the statements allow in addition to `sts:AssumeRole`, as they are written. */
export function companionActions(statements: readonly Statement[]): string[] {
  const actions = statements.flatMap(({ content }) => [content.Action ?? []].flat());
  const byName = new Map(actions.map((action) => [action.toLowerCase(), action]));
  return [...byName].filter(([name]) => COMPANIONS.has(name)).map(([, action]) => action).sort();
}

function letsServiceIn(statement: Statement, callers: KnownCallers): boolean {
  const { content } = statement;
  refuseUnclear(statement);
  const principals = principalsOf(content.Principal);
  const accounts = Object.entries(content.Principal as object).flatMap(([type, names]: [string, string | string[]]) => (
    [names].flat().map((name) => (type === 'AWS' ? accountOf(name) : undefined))));
  const known = accounts.filter((account) => account !== undefined && callers.accounts.has(account.accountId));
  const tests = externalIdTests(content);
  const externalId = soleExternalId(content);
  if (externalId === undefined || !callers.externalIds.has(externalId)) {
    // The service signs as a user. A role of such an account is somebody else.
    const mayBeService = known.some((account) => account!.kind !== 'role');
    const asksForOurs = tests.some(({ values }) => values.some((value) => callers.externalIds.has(value)));
    if (mayBeService || asksForOurs) {
      throw refused(statement, `names ${listed(principals)} ${externalIdInWords()}`, 'A statement for the connector service has to ask for this one external ID, '
        + `${listed(callers.externalIds)}, with StringEquals: change or remove it`);
    }
    return false;
  }
  if (known.length < principals.length) {
    const others = principals.filter((_, index) => !known.includes(accounts[index]));
    if (others.every(isOfDeleted)) {
      throw refused(statement, `asks for the external ID of the connector, but names ${listed(others)}, a user or role that was deleted: by that nobody gets in, and IAM takes no policy `
        + 'that still names it', 'Put the root of its account in its place (arn:aws:iam::<account>:root), or remove the statement where another one lets the service in; then deploy again');
    }
    throw refused(statement, `asks for the external ID of the connector, but names ${listed(others)}${known.length > 0 ? ' beside the connector service' : ''}`,
      known.length > 0 ? 'Make two statements of it, one for the connector service alone' : 'If that is the connector service, put its account into formerAccountIds');
  }
  const further = furtherTests(content);
  if (further.length > 0) {
    throw refused(statement, `has further conditions, ${listed(further.map(({ operator, key }) => `${operator} ${key}`))}`,
      'They would be lost: remove them first');
  }
  const actions = [content.Action ?? []].flat();
  const others = actions.filter((action) => action.toLowerCase() !== 'sts:assumerole' && !COMPANIONS.has(action.toLowerCase()));
  if (others.length > 0 || !actions.some((action) => action.toLowerCase() === 'sts:assumerole')) {
    throw refused(statement, `lets the connector service do ${listed(actions, 'nothing')}`,
      'It has to allow sts:AssumeRole (and sts:TagSession, sts:SetSourceIdentity) only');
  }
  return true;

  function externalIdInWords(): string {
    if (tests.length === 0) return 'without an external ID';
    return `with the external ID under ${listed(tests.map(({ operator, values }) => `${operator} ${listed(values)}`))}`;
  }
}

/** Elements that may allow or deny more than they seem to. */
function refuseUnclear(statement: Statement): void {
  const { Effect, Principal, NotPrincipal, NotAction } = statement.content;
  const isOneOf = [
    Effect === 'Deny' && 'a Deny',
    NotPrincipal !== undefined && 'a NotPrincipal',
    NotAction !== undefined && 'a NotAction',
    (typeof Principal === 'string' || principalsOf(Principal).some((principal) => principal.includes('*'))) && 'a wildcard principal',
    principalsOf(Principal).length === 0 && 'no principal',
  ].find((one) => one !== false);
  if (isOneOf) throw refused(statement, `has ${isOneOf}`, 'Whom the role lets in cannot be told from it: edit this trust policy by hand');
}

function principalsOf(principal: Statement['content']['Principal']): string[] {
  return typeof principal === 'string' ? [principal] : Object.values(principal ?? {}).flat();
}

function refused({ number, content }: Statement, what: string, advice: string): DeployError {
  return new DeployError(`statement ${number}${content.Sid ? ` ('${content.Sid}')` : ''} of its trust policy ${what}. ${advice}`);
}

const MOST = 5;

function listed(texts: Iterable<string>, none = 'nobody'): string {
  const all = [...new Set(texts)].map((text) => (text.length > 80 ? `${text.slice(0, 77)}...` : text));
  const rest = all.length - MOST;
  return all.length === 0 ? none : all.slice(0, MOST).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
