import { Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Notes } from './notes';
import { stageOf } from './stacks';

/** A construct that edits the trust of an existing role. */
interface TrustEditor {
  readonly construct: IConstruct;
  /** Name in lower case, because IAM names that differ only in case are the same. */
  readonly roleName: string;
  readonly roleArn: string;
}

/** Takes the role for a construct that edits its trust. Throws when another construct of the stage edits it, because each would undo the other's edits. */
export function takeRole(scope: IConstruct, { roleName, roleArn }: Omit<TrustEditor, 'construct'>): void {
  const name = roleName.toLowerCase();
  const editors = editorsOf(scope);
  const holder = editors.values().find((editor) => editor.roleName === name && sameAccount(editor.construct, scope));
  if (holder) {
    throw new Error(`${holder.construct.node.path} and ${scope.node.path} both edit the trust of the role ${Token.isUnresolved(roleName) ? '' : `'${roleName}' `}`
      + 'of one account: keep one of them, and name both callers with TrustPrincipal.anyOf()');
  }
  editors.set(scope.node.path, { construct: scope, roleName: name, roleArn });
}

/** Finds the construct of the stage that edits the trust of this role, if any. The role has to let the service in before it is connected. */
export function trustEditorOf(scope: IConstruct, roleArn: string): () => IConstruct[] {
  const [, account, name] = /^arn:[^:]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
  return () => editorsOf(scope).values()
    .filter((editor) => editor.roleArn === roleArn || isOfRole(editor, account, name))
    .map(({ construct }) => construct);
}

/** The constructs that edit the trust of the role of this name in the account. */
export function trustEditorsIn(scope: IConstruct, account: string, roleName: string): IConstruct[] {
  return editorsOf(scope).values().filter((editor) => isOfRole(editor, account, roleName)).map(({ construct }) => construct);
}

function isOfRole(editor: TrustEditor, account: string | undefined, roleName: string | undefined): boolean {
  return editor.roleName === roleName?.toLowerCase() && Stack.of(editor.construct).account === account;
}

/** Whether two constructs are in one account. IAM is the same in all regions, so regions do not count. An unknown account is the same only within a stack. */
export function sameAccount(one: IConstruct, other: IConstruct): boolean {
  const [first, second] = [Stack.of(one), Stack.of(other)];
  return first === second || (!Token.isUnresolved(first.account) && first.account === second.account);
}

function editorsOf(scope: IConstruct): Notes<TrustEditor> {
  return new Notes(stageOf(scope), 'trust-editors');
}

/** A role that a connector connects. */
export interface ConnectedRole {
  readonly apiServer: string;
  /** The ARN in the role's own stack, which is the same for every connector of the role. */
  readonly reference: string;
  /** The ARN, if it is known at synth, also when `reference` is a token. */
  readonly knownArn?: string;
}

/** Notes the connector of a role. Throws when the stage has another connector of the role on the platform. */
export function noteConnector(connector: IConstruct, { apiServer, reference, knownArn }: ConnectedRole): void {
  const connectors = notesOf(connector);
  const names = [identityOf(connector, reference), ...knownArn === undefined ? [] : [knownArn]].map((name) => `${apiServer} ${name}`);
  const holder = names.map((name) => connectors.get(name)).find((found) => found !== undefined);
  if (holder) {
    throw new Error(`${holder.node.path} and ${connector.node.path} both connect the role ${knownArn ?? 'of one ConnectorRole'}, `
      + 'but one connector a role is enough, and the service reads the account twice with two: keep one of them, or put them in different Stages if they are for different subscriptions');
  }
  names.forEach((name) => { connectors.set(name, connector); });
}

/**
 * Notes the accounts of a fleet: roles by their ARNs, and places with accounts in words. Throws when another construct of the stage
 * connects one of them.
 */
export function noteFleet(fleet: IConstruct, apiServer: string, roles: readonly string[], places: readonly string[]): void {
  const connectors = notesOf(fleet);
  for (const what of [...roles, ...places]) {
    const name = `${apiServer} ${what}`;
    const holder = connectors.get(name);
    if (holder && holder !== fleet) {
      throw new Error(`${holder.node.path} and ${fleet.node.path} both connect ${roles.includes(what) ? `the role ${what}` : what}, but one connector a role is enough, and the service `
        + 'reads the account twice with two: leave it out of one of them, or put them in different Stages if they are for different subscriptions');
    }
    connectors.set(name, fleet);
  }
}

/** The noted connectors of the stage. A connector may be noted under two names. */
function notesOf(scope: IConstruct): Notes<IConstruct> {
  return new Notes(stageOf(scope), 'connectors');
}

/** The ARN as text, or the reference together with the stack of its target. */
function identityOf(scope: IConstruct, arn: string): string {
  if (!Token.isUnresolved(arn)) return arn;
  const reference = Tokenization.reverseString(arn).tokens.find((token) => Reference.isReference(token));
  const stack = Stack.of(reference ? (reference as Reference).target : scope);
  return `${stack.node.path} ${JSON.stringify(stack.resolve(arn))}`;
}
