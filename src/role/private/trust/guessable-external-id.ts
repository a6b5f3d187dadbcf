import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { TrustedPart } from './trust-statements';
import { ExternalId } from '../../../service/external-id';

/** Warns when a role trusts the Qualys account, which works for all of its customers, with an external ID that others can guess. */
export function warnOfGuessable(scope: IConstruct, trusted: readonly TrustedPart[], externalId: ExternalId): void {
  const why = trusted.some(({ isQualys }) => isQualys) ? externalId._guessable() : undefined;
  if (why === undefined) return;
  Annotations.of(scope).addWarningV2('cdk-qualys-connectors:guessableExternalId',
    `the external ID ${why}. Callers of the connector service choose the external ID, and all of them call from the Qualys account, so that one who knows yours could `
    + 'read this account: use ExternalId.perAccountHash() with 20 random digits of your own as its seed, or trust a base account');
}
