import { parseDocument, replaceStatements, Statement, TrustDocument } from './policy/document';
import { companionActions, connectorStatements, KnownCallers } from './policy/recognize';
import { fingerprintOf } from './policy/same';
import { OwnStack, RolePolicy, TrustRecords } from './ports';
import { TrustRecord } from './record';
import type { RoleTrustProperties } from '../../src/wire/role-trust';
import { DeployError } from '../runtime/errors';
import { Owner } from '../runtime/owner';
import { Clock } from '../runtime/world';

/** One look at one role, with all that the pieces work with. */
export interface Trust {
  readonly properties: RoleTrustProperties;
  readonly owner: Owner;
  readonly roleName: string;
  readonly role: RolePolicy;
  readonly records: TrustRecords;
  readonly stack: OwnStack;
  readonly clock: Clock;
}

/** The trust policy as it stands, understood. */
export interface CurrentPolicy {
  readonly document: TrustDocument;
  /** Those that let the connector service in. */
  readonly statements: readonly Statement[];
  /** What they mean. */
  readonly fingerprint: string;
}

export function accountOfRole(roleArn: string): string {
  return roleArn.split(':')[4]!;
}

export function nameOfRole(roleArn: string): string {
  return roleArn.slice(roleArn.lastIndexOf('/') + 1);
}

/** All that the service is known by: what the code says, and what it said before. */
export function knownCallersOf({ Statements, FormerAccountIds, ExternalId }: RoleTrustProperties, record: TrustRecord | undefined): KnownCallers {
  const trusted = Statements.map(({ Principal }) => accountOfRole(Principal.AWS));
  return {
    accounts: new Set([...trusted, ...FormerAccountIds, ...record?.accounts ?? []]),
    externalIds: new Set([ExternalId, ...record?.externalIds ?? []]),
  };
}

/** @param alone all statements have to be the service's */
export function understand(text: string, callers: KnownCallers, alone = false): CurrentPolicy {
  const document = parseDocument(text);
  const statements = connectorStatements(document, callers);
  if (alone && statements.length < document.statements.length) throw new DeployError('one of the statements is not for the connector service');
  return { document, statements, fingerprint: fingerprintOf(statements.map(({ content }) => content)) };
}

/**
 * The statements of the code, as they are to be written: with the actions that those of the former document had besides, so
 * that a service which sends session tags still can.
 */
export function contentsOf({ Statements }: RoleTrustProperties, former: CurrentPolicy): readonly object[] {
  const more = companionActions(former.statements);
  return more.length === 0 ? Statements : Statements.map((statement) => ({ ...statement, Action: [statement.Action, ...more] }));
}

/** The document with the statements of the code in the place of those that let the service in now. */
export function edited(properties: RoleTrustProperties, { document, statements }: CurrentPolicy, contents: readonly object[]): string {
  const names = new Set<string | undefined>(properties.Statements.map(({ Sid }) => Sid));
  const taken = document.statements.find((other) => !statements.includes(other) && names.has(other.content.Sid));
  if (taken) {
    throw new DeployError(`statement ${taken.number} of its trust policy is called '${taken.content.Sid}', as one for the connector service has to be: give it `
      + 'another Sid');
  }
  return replaceStatements(document, statements, contents.map((content) => JSON.stringify(content)));
}
