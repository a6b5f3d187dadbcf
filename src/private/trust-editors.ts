import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Notes } from './notes';
import { stageOf } from './stacks';

/** A construct that edits the trust of a role which exists already. */
interface TrustEditor {
  readonly construct: IConstruct;
  /** In lower case: in IAM two names differ by more than their case. */
  readonly roleName: string;
  readonly roleArn: string;
}

/** Takes the role. Throws when a construct of the same stage edits it: the one would undo what the other does. */
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

/** The construct of the stage that edits the trust of this role, if there is one: the role is to let the service in before it is connected. */
export function trustEditorOf(scope: IConstruct, roleArn: string): () => IConstruct[] {
  const [, account, name] = /^arn:[^:]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
  return () => editorsOf(scope).values()
    .filter((editor) => editor.roleArn === roleArn || (editor.roleName === name?.toLowerCase() && Stack.of(editor.construct).account === account))
    .map(({ construct }) => construct);
}

/** IAM is the same in all regions of an account. Of accounts that are not known, those of one stack are one. */
export function sameAccount(one: IConstruct, other: IConstruct): boolean {
  const [first, second] = [Stack.of(one), Stack.of(other)];
  return first === second || (!Token.isUnresolved(first.account) && first.account === second.account);
}

function editorsOf(scope: IConstruct): Notes<TrustEditor> {
  return new Notes(stageOf(scope), 'trust-editors');
}
