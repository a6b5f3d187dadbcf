import { Member } from '../../../lambda/accounts/members';
import { allPages } from '../../../lambda/accounts/pages';
import type { OrganizationAccount, StackInstance } from '../../../lambda/accounts/ports';
import { readAccounts } from '../../../lambda/accounts/read-accounts';
import type { AccountSourceProperties } from '../../../src/wire/accounts';

const role = { RoleName: 'QualysConnector', RolePath: '/security/', ExternalId: '27927190418364520177', AppendsAccountId: 'true' } as const;
const SET: AccountSourceProperties = { ...role, Kind: 'STACK_SET', StackSetName: 'Roles', StackSetRegion: 'us-east-1', CallAs: 'DELEGATED_ADMIN' };
const UNITS: AccountSourceProperties = { ...role, Kind: 'UNITS', UnitIds: ['ou-ab12-c3d4e5f6'] };
const account = (digit: number) => String(digit).repeat(12);

const active = (digit: number, more: Partial<OrganizationAccount> = {}): OrganizationAccount => (
  { accountId: account(digit), name: `account ${digit}`, isActive: true, units: ['r-ab12', 'ou-ab12-c3d4e5f6'], ...more });
const instance = (digit: number, more: Partial<StackInstance> = {}): StackInstance => (
  { accountId: account(digit), region: 'us-east-1', status: 'CURRENT', detailedStatus: 'SUCCEEDED', ...more });

interface World { readonly instances?: StackInstance[]; readonly accounts?: OrganizationAccount[] }

async function read(
  sources: AccountSourceProperties[], { instances = [], accounts = [] }: World = {},
): Promise<{ members: Member[]; asked: string[] }> {
  const asked: string[] = [];
  const members = await readAccounts(sources, 'aws', {
    stackSets: {
      instances: async ({ name, region, callAs }) => {
        asked.push(`instances of ${name} in ${region} as ${callAs}`);
        return instances;
      },
      operations: async () => [],
    },
    organization: {
      accounts: async () => {
        asked.push('accounts');
        return accounts;
      },
    },
  });
  return { members, asked };
}

const states = (members: Member[]) => Object.fromEntries(members.map(({ accountId, state }) => [accountId[0], state]));

test('of a list nobody is asked', async () => {
  const { members, asked } = await read([{ ...role, Kind: 'LIST', AccountIds: ['001122334455'] }]);
  expect(asked).toEqual([]);
  expect(members).toEqual([{
    accountId: '001122334455', source: 0, name: undefined, roleArn: 'arn:aws:iam::001122334455:role/security/QualysConnector', externalId: '27927190418364520177001122334455', state: 'READY',
  }]);
});

test('of hashes each account has its own', async () => {
  const { members } = await read([{ ...role, ExternalId: undefined, AppendsAccountId: 'false', Kind: 'LIST', AccountIds: [account(1), account(2)], ExternalIds: ['one', 'two'] }]);
  expect(members.map(({ externalId }) => externalId)).toEqual(['one', 'two']);
});

test('of a stack set the instances say where the role is, and the organization who is there', async () => {
  const { members, asked } = await read([SET], {
    instances: [
      instance(1),
      instance(2, { status: 'OUTDATED', detailedStatus: 'PENDING' }),
      instance(3, { status: 'OUTDATED', detailedStatus: 'FAILED', reason: 'Role already exists' }),
      instance(4, { status: 'INOPERABLE', detailedStatus: 'INOPERABLE' }),
      instance(5, { status: 'OUTDATED', detailedStatus: 'CANCELLED' }),
      instance(6, { status: 'OUTDATED', detailedStatus: 'FAILED_IMPORT' }),
      instance(7), instance(8), instance(9, { status: 'OUTDATED', detailedStatus: undefined }),
    ],
    accounts: [1, 2, 3, 4, 5, 6, 9].map((digit) => active(digit)).concat(active(7, { isActive: false })),
  });
  expect(asked).toEqual(['accounts', 'instances of Roles in us-east-1 as DELEGATED_ADMIN']);
  // The seventh is suspended although its instance is CURRENT, the eighth is not in the organization any more.
  expect(states(members)).toEqual({ 1: 'READY', 2: 'WAITING', 3: 'FAILED', 4: 'FAILED', 5: 'FAILED', 6: 'FAILED', 9: 'WAITING' });
  expect(members.find(({ accountId }) => accountId === account(3))!.reason).toBe('the stack instance is FAILED: Role already exists');
  expect(members[0]!.name).toBe('account 1');
});

test('an instance in two regions is one role', async () => {
  const west = { region: 'us-west-2' };
  const { members } = await read([SET], {
    instances: [
      instance(1, { status: 'OUTDATED', detailedStatus: 'FAILED' }), instance(1, west), instance(2), instance(2, { ...west, status: 'OUTDATED' }),
    ],
    accounts: [active(1), active(2)],
  });
  expect(states(members)).toEqual({ 1: 'READY', 2: 'READY' });
  expect(members).toHaveLength(2);
});

test('an account that is left out and has the role all the same is told apart', async () => {
  const world = { instances: [instance(1), instance(2)], accounts: [active(1), active(2)] };
  const { members } = await read([{ ...SET, ExcludedAccounts: [account(2)] }], world);
  expect(states(members)).toEqual({ 1: 'READY', 2: 'EXCLUDED' });
});

test('of units: who stands in them or below, is active and is not left out', async () => {
  const { members, asked } = await read([{ ...UNITS, ExcludedAccounts: [account(4)] }], {
    accounts: [
      active(1),
      active(2, { units: ['r-ab12', 'ou-ab12-c3d4e5f6', 'ou-ab12-below000'] }),
      active(3, { units: ['r-ab12', 'ou-ab12-other000'] }),
      active(4),
      active(5, { isActive: false }),
    ],
  });
  expect(asked).toEqual(['accounts']);
  expect(states(members)).toEqual({ 1: 'READY', 2: 'READY' });
});

test('where AWS does not tell the units nobody is guessed', async () => {
  await expect(read([UNITS], { accounts: [active(1, { units: undefined })] })).rejects.toThrow(`does not say which organizational units contain the account ${account(1)}, so`);
});

test('an account in two sources is one account, as the first of them has it', async () => {
  const { members } = await read([{ ...role, RoleName: 'Own', Kind: 'LIST', AccountIds: [account(1)] }, SET], { instances: [instance(1), instance(2)], accounts: [active(1), active(2)] });
  expect(members.map(({ roleArn }) => roleArn)).toEqual([`arn:aws:iam::${account(1)}:role/security/Own`, `arn:aws:iam::${account(2)}:role/security/QualysConnector`]);
});

describe('pages', () => {
  const paged = async (tokens: ReadonlyArray<string | undefined>) => {
    const asked: Array<string | undefined> = [];
    const found = await allPages('a list', async (token) => {
      asked.push(token);
      return { items: [asked.length], next: tokens[asked.length - 1] };
    });
    return { found, asked };
  };

  test('are read to the last one', async () => {
    expect(await paged(['a', 'b', undefined])).toEqual({ found: [1, 2, 3], asked: [undefined, 'a', 'b'] });
  });

  test('an empty token is none', async () => {
    expect(await paged(['a', ''])).toEqual({ found: [1, 2], asked: [undefined, 'a'] });
  });

  test.each([[['a', 'a']], [['a', 'b', 'a']]])('a token that comes twice ends with an error: %j', async (tokens) => {
    await expect(paged(tokens)).rejects.toThrow("AWS answered 'a list' with a page that was read already");
  });
});
