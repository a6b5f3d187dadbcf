import { deployedTrust } from './authority';
import { RoleTrustWorld } from './role-trust';
import { nameOfRole, understand } from './trust';
import { patient } from '../runtime/calls/patience';
import { DeployError } from '../runtime/errors';
import { Invocation } from '../runtime/resource';

/** Reads the role, and returns in words whether its trust is as deployed, for the person who asked. It changes nothing. */
export async function confirmTrust(world: RoleTrustWorld, { outbound }: Invocation): Promise<string[]> {
  const { RoleArn, RecordName } = deployedTrust(world.env);
  const patiently = patient(outbound, world.clock, world.random);
  const record = await world.records(RecordName, patiently).read();
  const text = await world.role(nameOfRole(RoleArn), patiently).read();
  if (text === undefined) return [`FAILED: there is no role ${RoleArn}.`];
  if (record === undefined) return [`FAILED: no record in Parameter Store, ${RecordName}, says that the trust of the role ${RoleArn} is edited from here.`];
  try {
    const { fingerprint } = understand(text, { accounts: new Set(record.accounts), externalIds: new Set(record.externalIds) });
    if (fingerprint === record.confirmed) return [`OK: the trust of the role ${RoleArn} is as it was deployed.`];
    return [`CHANGED: the statements that let the connector service into the role ${RoleArn} are not those that were deployed.`];
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    return [`CHANGED: the trust of the role ${RoleArn} is not as it was deployed: ${error.message}.`];
  }
}
