import * as z from 'zod/mini';
import type { AccountSourceProperties } from '../../src/wire/accounts';
import { isExternalId } from '../../src/wire/patterns';
import { DeployError } from '../runtime/errors';
import { Agree, digits12, flag, text } from '../runtime/properties';

const externalId = z.string().check(z.refine(isExternalId, 'must have 2 to 1224 letters, digits or characters of _+=,.@:/-'));

/** The schema of a source of accounts. */
export const accountSource = z.object({
  Kind: z.enum(['LIST', 'STACK_SET', 'UNITS']),
  AccountIds: z.optional(z.array(digits12)),
  StackSetName: z.optional(z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, 'must be the name of a stack set'))),
  StackSetRegion: z.optional(z.string().check(z.regex(/^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/, 'must be the code of an AWS region'))),
  CallAs: z.optional(z.enum(['SELF', 'DELEGATED_ADMIN'])),
  UnitIds: z.optional(z.array(z.string().check(z.regex(/^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/, 'must be the ID of an organizational unit, or of the root')))),
  ExcludedAccounts: z.optional(z.array(digits12)),
  RoleName: z.string().check(z.regex(/^[\w+=,.@-]{1,64}$/, 'must be the name of an IAM role')),
  RolePath: z.string().check(z.regex(/^\/([!-~]{1,510}\/)?$/, 'must be the path of an IAM role')),
  ExternalId: z.optional(text),
  AppendsAccountId: flag,
  ExternalIds: z.optional(z.array(externalId)),
});

const agreed: Agree<z.input<typeof accountSource>, AccountSourceProperties> = true;

/** The properties that each kind requires. */
const NEEDED: Readonly<Record<AccountSourceProperties['Kind'], ReadonlyArray<keyof AccountSourceProperties>>> = {
  LIST: ['AccountIds'], STACK_SET: ['StackSetName', 'StackSetRegion', 'CallAs'], UNITS: ['UnitIds'],
};

/** Throws, before any call, when a source lacks a property that its kind requires. */
export function checkSources(sources: readonly AccountSourceProperties[]): void {
  if (!agreed || sources.length === 0) throw new DeployError('property \'Sources\' is not valid: it must name where the accounts come from');
  for (const [index, source] of sources.entries()) {
    const missing = NEEDED[source.Kind].find((name) => source[name] === undefined);
    if (missing !== undefined) throw new DeployError(`property 'Sources.${index}.${missing}' is missing: a source of kind ${source.Kind} needs it`);
    const { AccountIds = [], ExternalId, AppendsAccountId, ExternalIds } = source;
    if (ExternalIds !== undefined && ExternalIds.length === AccountIds.length && ExternalId === undefined) continue;
    if (ExternalIds !== undefined || ExternalId === undefined || !isExternalId(AppendsAccountId === 'true' ? `${ExternalId}${'0'.repeat(12)}` : ExternalId)) throw new DeployError(`property 'Sources.${index}.ExternalId' is not valid: there must be one external ID of the characters that AWS takes, or one for each listed account`);

  }
}
