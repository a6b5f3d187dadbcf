import { parseDocument, replaceStatements, Statement, TrustDocument } from './policy/document';
import { companionActions, connectorStatements, KnownCallers } from './policy/recognize';
import { fingerprintOf } from './policy/same';
import { OwnStack, RolePolicy, TrustRecords } from './ports';
import { TrustRecord } from './record';
import type { RoleTrustProperties } from '../../src/wire/role-trust';
import { DeployError } from '../runtime/errors';
import { Owner } from '../runtime/owner';
import { Clock } from '../runtime/world';

/** Everything about one role that the handlers need. */
export interface Trust {
  readonly properties: RoleTrustProperties;
  readonly owner: Owner;
  readonly roleName: string;
  readonly role: RolePolicy;
  readonly records: TrustRecords;
  readonly stack: OwnStack;
  readonly clock: Clock;
}

/** The present trust policy, parsed. */
export interface CurrentPolicy {
  readonly document: TrustDocument;
  /** The statements that let the connector service in. */
  readonly statements: readonly Statement[];
  /** The fingerprint of these statements. */
  readonly fingerprint: string;
}

export function accountOfRole(roleArn: string): string {
  return roleArn.split(':')[4]!;
}

export function nameOfRole(roleArn: string): string {
  return roleArn.slice(roleArn.lastIndexOf('/') + 1);
}

/** All accounts and external IDs of the service: those in the code now, and those from before. */
export function knownCallersOf({ Statements, FormerAccountIds, ExternalId }: RoleTrustProperties, record: TrustRecord | undefined): KnownCallers {
  const trusted = Statements.map(({ Principal }) => accountOfRole(Principal.AWS));
  return {
    accounts: new Set([...trusted, ...FormerAccountIds, ...record?.accounts ?? []]),
    externalIds: new Set([ExternalId, ...record?.externalIds ?? []]),
  };
}

/** @param alone whether all statements have to be the service's */
export function understand(text: string, callers: KnownCallers, alone = false): CurrentPolicy {
  const document = parseDocument(text);
  const statements = connectorStatements(document, callers);
  if (alone && statements.length < document.statements.length) throw new DeployError('one of the statements is not for the connector service');
  return { document, statements, fingerprint: fingerprintOf(statements.map(({ content }) => content)) };
}

/** The statements of the code, with the further actions of the former statements. A service that sends session tags then still can. */
export function contentsOf({ Statements }: RoleTrustProperties, former: CurrentPolicy): readonly object[] {
  const more = companionActions(former.statements);
  return more.length === 0 ? Statements : Statements.map((statement) => ({ ...statement, Action: [statement.Action, ...more] }));
}

/** The document with the statements of the code instead of those that let the service in now. */
export function edited(properties: RoleTrustProperties, { document, statements }: CurrentPolicy, contents: readonly object[]): string {
  const names = new Set<string | undefined>(properties.Statements.map(({ Sid }) => Sid));
  const taken = document.statements.find((other) => !statements.includes(other) && names.has(other.content.Sid));
  if (taken) {
    throw new DeployError(`statement ${taken.number} of its trust policy is called '${taken.content.Sid}', as one for the connector service has to be: give it `
      + 'another Sid');
  }
  return replaceStatements(document, statements, contents.map((content) => JSON.stringify(content)));
}
