import { look } from './look';
import { choose } from './ownership';
import { ConnectorRequest } from './request/open-request';
import { tagsField } from './tags';
import { notRun, Verdict } from './verification/verdict';
import { verified } from './verification/verified';
import { planOf } from './wanted';
import { carryOut, LookAgain } from './write';
import type { ConnectorProperties } from '../../src/wire/connector';
import { DeployError } from '../runtime/errors';

/** What CloudFormation asks for. An update has previous properties, and does not run an unchanged connector. */
export interface Change {
  readonly isUpdate: boolean;
  readonly previous?: ConnectorProperties;
  /** The connector replaces another one of this resource. It may be a rollback. */
  readonly replaces?: { readonly previous?: ConnectorProperties };
}

/**
 * Create, update and their repetitions: looks what there is, chooses the connector, plans what to do, does it, and proves it with a run. A
 * failure leaves nothing half done.
 */
export async function reconcile(request: ConnectorRequest, change: Change): Promise<Verdict> {
  for (let attempts = 2; ;) {
    try {
      return await attempt(request, change, attempts);
    } catch (error) {
      if (!(error instanceof LookAgain)) throw error;
      ({ attempts } = error);
    }
  }
}

async function attempt(request: ConnectorRequest, { isUpdate, previous, replaces }: Change, attempts: number): Promise<Verdict> {
  const seen = await look(request, replaces?.previous);
  if (seen.found.length === 0 && attempts === 0) {
    throw new DeployError(`the connector of the role ${request.properties.RoleArn} was removed while it was made: `
      + 'deploy again');
  }
  const chosen = await choose(request, seen, isUpdate || replaces !== undefined);
  const tags = await tagsField(request.service, request.properties, chosen.entry?.tagIds, chosen.entry && previous);
  const plan = planOf(request.properties, chosen, tags, previous);
  const written = await carryOut(request, plan, attempts);
  if (!isUpdate || plan.changes || plan.note.judged === false) return verified(request, written);
  // An update does not run a connector that it leaves as it is.
  await request.note.write(plan.note);
  return notRun(written.entry, 'nothing was changed');
}
