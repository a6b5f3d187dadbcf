import { checkAsked, formerTrust } from './authority';
import { editTrust } from './edit';
import { OwnStack, RolePolicy, TrustRecords } from './ports';
import { parseRoleTrustProperties } from './properties';
import { restoreTrust } from './restore';
import { accountOfRole, nameOfRole, Trust } from './trust';
import type { RoleTrustProperties } from '../../src/wire/role-trust';
import { Environment } from '../runtime/calls/hosts';
import { patient } from '../runtime/calls/patience';
import { undoUntilSettled } from '../runtime/calls/undo-until-settled';
import { isOwner, Owner } from '../runtime/owner';
import { CustomResource, Outbound, ResourceRequest } from '../runtime/resource';
import { Clock, Random } from '../runtime/world';

export interface RoleTrustWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly env: Environment;
  role(roleName: string, outbound: Outbound): RolePolicy;
  records(recordName: string, outbound: Outbound, owner?: Owner): TrustRecords;
  stack(stackId: string, outbound: Outbound): OwnStack;
}

/** `Custom::QualysRoleTrust`: the statements of a role's trust policy that let the connector service in, and no others. */
export function roleTrust(world: RoleTrustWorld): CustomResource<RoleTrustProperties> {
  const open = (request: ResourceRequest<RoleTrustProperties>, isDelete = false): Trust => {
    const { stackId, logicalId } = request;
    const owner = { stackId, logicalId };
    const properties = (isDelete ? formerTrust : checkAsked)(request.properties, world.env);
    const outbound = patient(request.outbound, world.clock, world.random);
    const roleName = nameOfRole(properties.RoleArn);
    return {
      properties,
      owner,
      roleName,
      role: world.role(roleName, outbound),
      records: world.records(properties.RecordName, outbound, owner),
      stack: world.stack(stackId, outbound),
      clock: world.clock,
    };
  };
  const edit = async (request: ResourceRequest<RoleTrustProperties>) => {
    await editTrust(open(request));
    return {};
  };
  const restore = (request: ResourceRequest<RoleTrustProperties>) => restoreTrust(open(request, true));
  return {
    parse: parseRoleTrustProperties,
    physicalId: ({ RoleArn }) => `qualys-role-trust:${accountOfRole(RoleArn)}:${nameOfRole(RoleArn)}`,
    create: edit,
    update: async (request) => {
      const { properties, previous } = request;
      const isOther = previous !== undefined && JSON.stringify(previous.Statements) !== JSON.stringify(properties.Statements);
      // The previous properties wanted another trust, but the role has this one: the update in between failed, or was given up and still
      // runs.
      await undoUntilSettled(world.clock, request.deadline, async () => await editTrust(open(request)) || !isOther);
      return {};
    },
    stands: async (request) => {
      const { records, owner } = open(request);
      const record = await records.read();
      return record !== undefined && isOwner(record?.owner, owner);
    },
    delete: restore,
    giveUp: (request) => undoUntilSettled(world.clock, request.deadline, () => restore(request)),
  };
}
