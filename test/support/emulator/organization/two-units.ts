import { Organization } from './organization';
import { StackSets } from './stack-sets';
import { Clients } from '../clients';
import { Emulator } from '../emulator';

/** IDs of the units: two of the root, and one below the first. */
export interface Units {
  readonly one: string;
  readonly nested: string;
  readonly two: string;
}

export interface TwoUnits {
  readonly organization: Organization;
  readonly units: Units;
  /** The account that StackSets is delegated to, and the stack sets as it sees them. */
  readonly admin: Clients;
  readonly sets: StackSets;
}

/** An organization of an administrator, and of accounts, each with its unit; without one it stands in the root. */
export async function twoUnits(
  emulator: Emulator, [management, administrator]: readonly [string, string],
  places: (units: Units) => ReadonlyArray<readonly [account: string, unit?: string]>,
): Promise<TwoUnits> {
  const organization = await Organization.create(emulator, management);
  const one = await organization.addUnit('One');
  const units = { one, nested: await organization.addUnit('Nested', one), two: await organization.addUnit('Two') };
  await organization.addAccount(administrator);
  for (const [account, unit] of places(units)) await organization.addAccount(account, unit);
  await organization.delegate(administrator);
  const admin = new Clients(emulator, administrator);
  return { organization, units, admin, sets: new StackSets(emulator, admin, 'DELEGATED_ADMIN') };
}
