import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ExternalId } from '../../service/external-id';
import { TrustPrincipal } from '../trust-principal';

/** Warns where the Qualys account, which works for all of its customers, is let in by an external ID that can be guessed. */
export function warnOfGuessable(scope: IConstruct, trust: TrustPrincipal, externalId: ExternalId): void {
  if (!trust._trustsQualys() || !externalId._guessable()) return;
  Annotations.of(scope).addWarningV2('cdk-qualys-connectors:guessableExternalId',
    'the external ID has fewer than 16 characters of its own. Callers of the connector service choose the external ID, and all of them call from the '
    + 'Qualys account, so that one who guesses yours could read this account: use 16 random characters or more, or trust a base account');
}
