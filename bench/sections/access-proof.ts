import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { stsTrial } from '../../lambda/access-proof/sts-trial';
import { verifyAccess } from '../../lambda/access-proof/verify-access';
import { awsEnvironment } from '../../test/support/emulator/aws-environment';
import { Clients } from '../../test/support/emulator/clients';
import { Emulator } from '../../test/support/emulator/emulator';
import { userWithKey } from '../../test/support/emulator/resources/users';
import { startTemporaryEmulator } from '../../test/support/emulator/temporary-emulator';
import { bytes, sampleOf, show } from '../figures';
import type { Section } from '../table';

const BASE = '111111111111';
const USER = 'qualys-base-account';
const PREFIX = '40952281773650912864';
const SIZES = [100, 1_000];
const MOST = Math.max(...SIZES);

/** The proof of `verifyAccessTo`, by the code of the handler and the real client of AWS, against the emulator with policies enforced. */
export async function accessProof(rounds: number): Promise<Section> {
  const { emulator, remove } = await startTemporaryEmulator();
  const before = { ...process.env };
  try {
    Object.assign(process.env, awsEnvironment(emulator.endpoint, BASE));
    const accountIds = Array.from({ length: MOST }, (_, index) => String(200_000_000_000 + index));
    const key = await prepare(emulator, accountIds);
    const rows: string[][] = [];
    for (const size of SIZES) {
      const seconds: number[] = [];
      for (let round = 0; round < rounds; round++) seconds.push(await prove(key, accountIds.slice(0, size)));
      const sample = sampleOf(seconds);
      rows.push([bytes(size), show(sample, 1), (size / sample.median).toFixed(0), (10_000 / (size / sample.median) / 60).toFixed(1)]);
    }
    return {
      title: 'Trying a key on roles',
      columns: ['Roles', 'seconds', 'roles a second', '10,000 at this rate, minutes'],
      rows,
      notes: [
        'One role in an account of its own each, 20 calls at a time, and five calls with a wrong external ID: all that `verifyAccessTo` does where nothing is refused.',
        'The emulator is one process that shares this machine, so that the rate is the emulator\'s rather than the function\'s. Goals: 1,000 in 60 s, 10,000 in 10 minutes.',
      ],
    };
  } finally {
    process.env = before;
    await remove();
  }
}

type Key = Parameters<typeof verifyAccess>[1];

async function prepare(emulator: Emulator, accountIds: readonly string[]): Promise<Key> {
  const credentials = await userWithKey(new Clients(emulator, BASE), USER, [{ Action: 'sts:AssumeRole', Resource: '*' }]);
  const make = async (accountId: string) => new Clients(emulator, accountId).iam.send(new CreateRoleCommand({
    RoleName: 'QualysConnector', AssumeRolePolicyDocument: JSON.stringify(trust(accountId)),
  }));
  for (let start = 0; start < accountIds.length; start += 50) await Promise.all(accountIds.slice(start, start + 50).map(make));
  return { ...credentials, userName: USER, accountId: BASE };
}

const trust = (accountId: string) => ({
  Version: '2012-10-17',
  Statement: [{
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${BASE}:root` },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': `${PREFIX}${accountId}` }, ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${BASE}:user/${USER}` } },
  }],
});

/** Seconds; throws where the proof does. */
async function prove(key: Key, AccountIds: string[]): Promise<number> {
  const nobody = async (): Promise<never> => { throw new Error('a list asks nobody'); };
  const start = performance.now();
  await verifyAccess({
    accounts: { stackSets: { instances: nobody, operations: nobody }, organization: { accounts: nobody } },
    tryRoles: stsTrial(async (_, call) => call()),
    clock: { now: Date.now, sleep: async (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); }) },
    deadline: { signal: new AbortController().signal, remaining: () => 900_000 },
    tell: () => {},
  }, key, [{ Kind: 'LIST', AccountIds, RoleName: 'QualysConnector', RolePath: '/', ExternalId: PREFIX, AppendsAccountId: 'true' }], 'aws');
  return (performance.now() - start) / 1_000;
}
