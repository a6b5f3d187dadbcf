import { CONNECTOR_ATTRIBUTES } from '../../../src/wire/connector';
import type { ConnectorProperties } from '../../../src/wire/connector';
import { characters, cut, vendorWords } from '../../runtime/redaction/line';
import { Redactor } from '../../runtime/redaction/redact';
import { Attributes } from '../../runtime/resource';
import { ConnectorEntry, nameOf } from '../../service/connector-api';
import { ServiceApi } from '../../service/service';

export interface RunOutcome {
  /** `TIME_UP`: the run has not ended yet. `GONE`: somebody removed the connector. */
  readonly outcome: 'SUCCEEDED' | 'FAILED' | 'DISABLED' | 'TIME_UP' | 'GONE';
  /** The connector as it was last read. */
  readonly entry: ConnectorEntry;
}

export interface Verdict {
  readonly failed: boolean;
  /** What was proven, or why it failed. */
  readonly words: string;
  /** As it was last read. */
  readonly entry: ConnectorEntry;
  /** Whether a run has ended. */
  readonly ended: boolean;
}

interface Judge {
  readonly properties: Pick<ConnectorProperties, 'AccountType' | 'RoleArn'>;
  readonly service: ServiceApi;
  readonly redactor: Redactor;
}

/** What a run has shown. After a success it reads which account the service calls from. */
export async function verdictOf(
  { properties: { AccountType, RoleArn }, service, redactor }: Judge, { outcome, entry }: RunOutcome,
): Promise<Verdict> {
  if (outcome !== 'SUCCEEDED') return { failed: true, words: failureOf(outcome, entry, RoleArn, redactor), entry, ended: outcome !== 'TIME_UP' };
  // The run counts as successful without it.
  const base = await service.read(AccountType).catch(() => undefined);
  const account = base?.accountId ?? entry.qualysAwsAccountId;
  const whose = base?.isCustomers ? 'base account' : base ? 'the Qualys account' : 'AWS account';
  const words = `SUCCEEDED: the role was assumed from ${account === undefined ? 'an account that the service does not show' : `${whose} ${account}`}, as the service answers`;
  return { failed: false, words, entry, ended: true };
}

export function notRun(entry: ConnectorEntry, why: string): Verdict {
  return { failed: false, words: `NOT RUN: ${why}`, entry, ended: false };
}

function failureOf(outcome: RunOutcome['outcome'], entry: ConnectorEntry, roleArn: string, redactor: Redactor): string {
  const state = vendorWords(entry.state ?? 'unknown', redactor);
  switch (outcome) {
    case 'TIME_UP': return `the run of ${nameOf(entry)} was still under way (state ${state}) when the time of this request was nearly used up`;
    case 'GONE': return `${nameOf(entry)} was removed by somebody while it was run`;
    case 'DISABLED': return `${nameOf(entry)} was disabled by somebody while it was run`;
    default: {
      const reason = entry.lastError === undefined ? 'the service gives no reason' : vendorWords(entry.lastError, redactor);
      return `the run of ${nameOf(entry)} ended in state ${state}: ${reason}. Check the trust policy of the role ${roleArn} `
        + '(principal and external ID), its permissions, and that the roles of the base account (AssumableRoles) cover it';
    }
  }
}

/** The value of an attribute that the service does not show. */
const UNKNOWN = 'UNKNOWN';

/** Longest attribute in characters, so that no name makes an answer too long. */
const MAXIMUM_WORDS = 1_000;

/** What other resources of the stack can read of it. */
export function attributesOf({ entry, failed, words }: Verdict, redactor: Redactor): Attributes {
  return {
    [CONNECTOR_ATTRIBUTES.connectorId]: entry.id,
    [CONNECTOR_ATTRIBUTES.qualysAccountId]: entry.qualysAwsAccountId ?? UNKNOWN,
    [CONNECTOR_ATTRIBUTES.connectorState]: entry.state ? vendorWords(entry.state, redactor) : UNKNOWN,
    [CONNECTOR_ATTRIBUTES.verificationResult]: cut(redactor.redact(failed ? `FAILED: ${words}` : words), MAXIMUM_WORDS, characters),
  };
}
