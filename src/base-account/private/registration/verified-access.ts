import { Lazy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { rolesOfLists } from './roles-of-lists';
import { HandlerFunction } from '../../../private/handler-function';
import type { Needed } from '../../../private/stack-order';
import { ConnectedAccounts } from '../../../role/connected-accounts';
import { acknowledgeReads, checkSources, warnOfSameExternalId } from '../../../role/private/account-source';
import type { AccountSourceProperties } from '../../../wire/accounts';
import { VERIFY_ACCESS_VARIABLE } from '../../../wire/base-account';
import { hashed } from '../../../wire/pins';

/** The roles that a key is tried on before it is registered. */
export interface VerifiedAccess {
  readonly properties: { readonly VerifyAccessTo?: AccountSourceProperties[] };
  /** The rights of the function to find the accounts. It tries roles with the user's key, which needs no rights of its own. */
  readonly statements: PolicyStatement[];
  /** The constructs that make the roles, if they are in the same stage. */
  readonly needs: Needed[];
  /** Writes into the function's environment which roles they are, and acknowledges the wildcards in its policy. */
  fix(handler: HandlerFunction, policy: IConstruct): void;
}

export function verifiedAccess(scope: IConstruct, given: ConnectedAccounts[] | undefined): VerifiedAccess {
  if (given === undefined) return { properties: {}, statements: [], needs: [], fix: () => {} };
  checkSources('verifyAccessTo', given);
  const sources = given.map((accounts) => accounts._properties(scope));
  given.forEach(({ _source }) => warnOfSameExternalId(scope, _source));
  const statements = given.flatMap((accounts) => accounts._statements(scope));
  return {
    properties: { VerifyAccessTo: sources },
    statements,
    needs: [...given.flatMap(({ _source }) => _source.needs ?? []), rolesOfLists(scope, given.map(({ _source }) => _source))],
    fix: (handler, policy) => {
      handler.function.addEnvironment(VERIFY_ACCESS_VARIABLE, pinnedInTheEnd(Stack.of(scope), sources));
      acknowledgeReads(policy, statements);
    },
  };
}

/**
 * Uses the role names after all aspects. A list of accounts has no room in an environment, so it is there by its hash where all of it is
 * known.
 */
function pinnedInTheEnd(stack: Stack, value: object): string {
  return Lazy.uncachedString({
    produce: () => {
      const resolved: unknown = stack.resolve(value);
      return hasIntrinsic(resolved) ? stack.toJsonString(resolved) : hashed(resolved);
    },
  });
}

function hasIntrinsic(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, item]) => (!Array.isArray(value) && /^(Ref|Fn::)/.test(key)) || hasIntrinsic(item));
}
