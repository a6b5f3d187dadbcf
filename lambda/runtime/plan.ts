import { endingEarlier } from './calls/deadline';
import { DeployError } from './errors';
import { ReceivedEvent, usablePhysicalId } from './event';
import { Attributes, CustomResource, ResourceRequest } from './resource';

/** What a request needs besides its properties. */
export type Surroundings = Omit<ResourceRequest<never>, 'physicalId' | 'properties' | 'replaces'>;

/** What a request does, and the physical ID to answer. */
export interface Plan {
  readonly physicalId: string;
  /** CloudFormation stores the ID of a failed answer too, so it is deterministic as well. */
  readonly failedId: string;
  /** The ID to answer instead when nothing was begun. */
  readonly notBegunId?: string;
  run(surroundings: Surroundings): Promise<Attributes | undefined>;
}

/** Milliseconds for the clean-up of another update, whose failure does not fail the rollback. */
const FOR_THE_ANSWER = 20_000;

/** The ID of a resource that was never begun. */
const NOT_CREATED = 'not-created:';

/** Reads the request and computes the physical ID, before anything happens. Never throws. */
export function planFor<P>(resource: CustomResource<P>, event: ReceivedEvent, surroundingsDefect?: string): Plan {
  const physicalId = event.physicalId ?? `${NOT_CREATED}${event.logicalId}`;
  try {
    if (surroundingsDefect !== undefined) throw new DeployError(surroundingsDefect);
    if (event.defect !== undefined) throw new DeployError(`this is no request of CloudFormation that can be handled: ${event.defect}`);
    if (event.requestType === 'Create') return create(resource, event);
    return event.requestType === 'Update' ? update(resource, event, physicalId) : remove(resource, event, physicalId);
  } catch (error) {
    return { physicalId, failedId: physicalId, run: async () => { throw error; } };
  }
}

function create<P>(resource: CustomResource<P>, event: ReceivedEvent): Plan {
  const properties = resource.parse(event.properties);
  const physicalId = physicalIdOf(resource, properties);
  return {
    physicalId,
    failedId: physicalId,
    notBegunId: `${NOT_CREATED}${event.logicalId}`,
    run: async (surroundings) => resource.create({ ...surroundings, physicalId, properties }),
  };
}

/** Plans an Update. Another physical ID replaces the resource, and CloudFormation deletes the old one later. A failed Update keeps the ID. */
function update<P>(resource: CustomResource<P>, event: ReceivedEvent, current: string): Plan {
  const properties = resource.parse(event.properties);
  const physicalId = physicalIdOf(resource, properties);
  const previous = attempt(() => resource.parse(event.oldProperties));
  const previousId = previous && attempt(() => physicalIdOf(resource, previous));
  // An ID of CloudFormation's may belong to the same object. With a new ID CloudFormation would delete an object that has to stay.
  const replaced = physicalId !== current && !(isInvented(current) && previousId === physicalId);
  return {
    physicalId: replaced ? physicalId : current,
    failedId: current,
    run: async (surroundings) => {
      if (replaced) return replace(resource, { ...surroundings, physicalId, properties, replaces: { previous } });
      const attributes = await resource.update({ ...surroundings, physicalId, properties, previous });
      // The previous properties are of another resource, but the ID is not: this is the rollback of an update that never ended.
      if (previous && previousId !== undefined && previousId !== current && physicalId === current) {
        const deadline = endingEarlier(surroundings.deadline, FOR_THE_ANSWER);
        await resource.giveUp?.({ ...surroundings, deadline, physicalId: previousId, properties: previous }).catch(() => undefined);
      }
      return attributes;
    },
  };
}

/**
 * A failed replacement answers the old ID, so CloudFormation never deletes what the attempt may have begun. This undoes it. What existed
 * before stays. If that is unknown, everything stays.
 */
async function replace<P>(resource: CustomResource<P>, request: ResourceRequest<P>): Promise<Attributes> {
  const stood = await resource.stands?.(request).catch(() => true);
  try {
    return await resource.create(request);
  } catch (error) {
    if (stood) throw error;
    await resource.delete({ ...request, isUndo: true }).catch(() => undefined);
    throw error;
  }
}

function remove<P>(resource: CustomResource<P>, event: ReceivedEvent, current: string): Plan {
  if (current.startsWith(NOT_CREATED)) return { physicalId: current, failedId: current, run: async () => undefined };
  const properties = resource.parse(event.properties);
  const physicalId = physicalIdOf(resource, properties);
  if (physicalId !== current && !isInvented(current)) {
    throw new DeployError(`the physical ID to delete, '${current}', is not that of the properties, '${physicalId}'; nothing was deleted: `
      + 'remove what it stands for by hand, then delete the stack with this resource retained');
  }
  return {
    physicalId: current,
    failedId: current,
    run: async (surroundings) => {
      const request = { ...surroundings, physicalId, properties };
      await (isInvented(current) && resource.giveUp ? resource.giveUp(request) : resource.delete(request));
      return undefined;
    },
  };
}

/**
 * A Create that was cancelled or never answered gets an ID of CloudFormation, `<stack>-<logical ID>-<suffix>`: letters, digits and hyphens.
 * The IDs of this library have a colon.
 */
function isInvented(physicalId: string): boolean {
  return /^[A-Za-z0-9-]+$/.test(physicalId);
}

function physicalIdOf<P>(resource: CustomResource<P>, properties: P): string {
  const physicalId = usablePhysicalId(resource.physicalId(properties));
  if (physicalId === undefined) throw new DeployError('the properties give a physical ID that is empty or over 1,024 bytes; shorten them');
  return physicalId;
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
