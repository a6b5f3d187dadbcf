import {
  CloseAccountCommand, CreateOrganizationalUnitCommand, DeregisterDelegatedAdministratorCommand, DescribeOrganizationCommand, ListAccountsCommand,
  ListAccountsForParentCommand, ListDelegatedAdministratorsCommand, ListParentsCommand, MoveAccountCommand, RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { Clients } from '../../../support/emulator/clients';
import { Organization, STACK_SETS } from '../../../support/emulator/organization/organization';
import { userWithKey } from '../../../support/emulator/resources/users';
import { emulatorOfFile } from '../../../support/emulator/temporary-emulator';

const MANAGEMENT = '999999999999';
const [SECURITY, PRODUCTION, OUTSIDER] = ['111111111111', '222222222222', '012345678901'];

const aws = emulatorOfFile();
let organization: Organization;
beforeEach(async () => {
  organization = await Organization.create(aws.emulator, MANAGEMENT);
  await organization.addAccount(SECURITY, undefined, 'Security');
});

const clients = (account: string) => new Clients(aws.emulator, account);
const listAs = (caller: Clients) => caller.organizations.send(new ListAccountsCommand({}));
const idsFor = async (ParentId: string) =>
  (await organization.root.organizations.send(new ListAccountsForParentCommand({ ParentId }))).Accounts!.map(({ Id }) => Id);

describe('accounts', () => {
  test('join with the ID that they have, and are listed with their name, state and path', async () => {
    const unit = await organization.addUnit('Workloads');
    const nested = await organization.addUnit('Production', unit);
    await organization.addAccount(PRODUCTION, nested, 'Production');
    expect(unit).toMatch(new RegExp(`^ou-${organization.rootId.slice(2)}-[a-z0-9]{8,32}$`));
    expect(nested).toMatch(new RegExp(`^ou-${organization.rootId.slice(2)}-[a-z0-9]{8,32}$`));
    expect(await organization.accounts()).toEqual([
      expect.objectContaining({ Id: MANAGEMENT }),
      expect.objectContaining({ Id: SECURITY, Name: 'Security', State: 'ACTIVE', Status: 'ACTIVE', Paths: [`${organization.id}/${organization.rootId}/${SECURITY}/`] }),
      expect.objectContaining({ Id: PRODUCTION, Paths: [`${organization.id}/${organization.rootId}/${unit}/${nested}/${PRODUCTION}/`] }),
    ]);
    expect(await idsFor(unit)).toEqual([]);
    expect(await idsFor(nested)).toEqual([PRODUCTION]);
  });

  test('join only by an invitation of theirs, and one organization at a time', async () => {
    await expect(organization.addAccount(SECURITY)).rejects.toMatchObject({ name: 'DuplicateHandshakeException' });
    await expect(Organization.create(aws.emulator, SECURITY)).rejects.toMatchObject({ name: 'AlreadyInOrganizationException' });
  });

  test('move, from where they are only', async () => {
    const [one, two] = [await organization.addUnit('One'), await organization.addUnit('Two')];
    await organization.move(SECURITY, one);
    await organization.move(SECURITY, two);
    expect([await idsFor(one), await idsFor(two)]).toEqual([[], [SECURITY]]);
    const wrong = new MoveAccountCommand({ AccountId: SECURITY, SourceParentId: one, DestinationParentId: organization.rootId });
    await expect(organization.root.organizations.send(wrong)).rejects.toMatchObject({ name: 'SourceParentNotFoundException' });
  });

  test('are suspended once they are closed, and gone once they are removed', async () => {
    await organization.addAccount(PRODUCTION);
    await organization.close(PRODUCTION);
    await organization.remove(SECURITY);
    expect((await organization.accounts()).map(({ Id, State, Status }) => [Id, State, Status])).toEqual([
      [MANAGEMENT, 'ACTIVE', 'ACTIVE'], [PRODUCTION, 'SUSPENDED', 'SUSPENDED'],
    ]);
    await expect(organization.close(MANAGEMENT)).rejects.toMatchObject({ name: 'ConstraintViolationException' });
  });

  test('are renamed', async () => {
    await organization.rename(SECURITY, 'Audit');
    expect((await organization.accounts()).map(({ Name }) => Name)).toContain('Audit');
  });
});

describe('pages', () => {
  beforeEach(async () => {
    for (let n = 1; n <= 4; n++) await organization.addAccount(`20000000000${n}`);
  });

  test('end with a list that has no token, whatever their size', async () => {
    const { organizations } = organization.root;
    const first = await organizations.send(new ListAccountsCommand({ MaxResults: 4 }));
    const second = await organizations.send(new ListAccountsCommand({ MaxResults: 4, NextToken: first.NextToken }));
    expect([first.Accounts!.length, second.Accounts!.length, second.NextToken]).toEqual([4, 2, undefined]);
    for (const wrong of [{ MaxResults: 21 }, { NextToken: 'made up' }]) await expect(organizations.send(new ListAccountsCommand(wrong))).rejects.toMatchObject({ name: 'InvalidInputException' });

  });

  test('may be smaller than was asked for, and empty', async () => {
    await aws.emulator.cutPages(2, true);
    const sizes: number[] = [];
    for (let NextToken: string | undefined, more = true; more; more = NextToken !== undefined) {
      const page = await organization.root.organizations.send(new ListAccountsCommand({ NextToken }));
      sizes.push(page.Accounts!.length);
      NextToken = page.NextToken;
    }
    expect(sizes).toEqual([0, 2, 0, 2, 0, 2]);
  });
});

describe('who may call', () => {
  test('an account in no organization is told so', async () => {
    await expect(listAs(clients(OUTSIDER))).rejects.toMatchObject({ name: 'AWSOrganizationsNotInUseException' });
  });

  test('a member sees the organization, and lists nothing', async () => {
    const member = clients(SECURITY);
    const { Organization: seen } = await member.organizations.send(new DescribeOrganizationCommand({}));
    expect(seen).toMatchObject({ Id: organization.id, MasterAccountId: MANAGEMENT });
    await expect(listAs(member)).rejects.toMatchObject({ name: 'AccessDeniedException', message: 'You don\'t have permissions to access this resource.' });
    await expect(member.organizations.send(new ListDelegatedAdministratorsCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test.each([STACK_SETS, 'guardduty.amazonaws.com'])('a delegated administrator of %s reads, and changes nothing', async (service) => {
    await organization.delegate(SECURITY, service);
    const member = clients(SECURITY);
    expect((await listAs(member)).Accounts!.map(({ Id }) => Id)).toEqual([MANAGEMENT, SECURITY]);
    expect((await member.organizations.send(new ListParentsCommand({ ChildId: SECURITY }))).Parents).toEqual([{ Id: organization.rootId, Type: 'ROOT' }]);
    const changes = [
      new CloseAccountCommand({ AccountId: SECURITY }), new CreateOrganizationalUnitCommand({ Name: 'X', ParentId: organization.rootId }),
      new RegisterDelegatedAdministratorCommand({ AccountId: SECURITY, ServicePrincipal: 'access-analyzer.amazonaws.com' }),
    ];
    for (const change of changes) await expect(member.organizations.send(change as CloseAccountCommand)).rejects.toMatchObject({ name: 'AccessDeniedException' });

    await organization.root.organizations.send(new DeregisterDelegatedAdministratorCommand({ AccountId: SECURITY, ServicePrincipal: service }));
    await expect(listAs(member)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('delegated administrators are listed by service; none is registered twice, nor from outside', async () => {
    await organization.delegate(SECURITY);
    const list = async (ServicePrincipal?: string) => {
      const answer = await clients(SECURITY).organizations.send(new ListDelegatedAdministratorsCommand({ ServicePrincipal }));
      return answer.DelegatedAdministrators!.map(({ Id }) => Id);
    };
    expect([await list(), await list(STACK_SETS), await list('guardduty.amazonaws.com')]).toEqual([[SECURITY], [SECURITY], []]);
    await expect(organization.delegate(SECURITY)).rejects.toMatchObject({ name: 'AccountAlreadyRegisteredException' });
    await expect(organization.delegate(OUTSIDER)).rejects.toMatchObject({ name: 'AccountNotFoundException' });
    await expect(organization.delegate(MANAGEMENT)).rejects.toMatchObject({ name: 'ConstraintViolationException' });
  });

  test('IAM has its say as well', async () => {
    await organization.delegate(SECURITY);
    const user = async (name: string, Action: string) => new Clients(aws.emulator, await userWithKey(clients(SECURITY), name, [{ Action, Resource: '*' }]));
    const [lister, other] = [await user('lister', 'organizations:ListAccounts'), await user('other', 'organizations:DescribeOrganization')];
    expect((await listAs(lister)).Accounts).toHaveLength(2);
    await expect(listAs(other)).rejects.toMatchObject({ name: 'AccessDeniedException', message: expect.stringContaining('organizations:ListAccounts') });
    await expect(lister.organizations.send(new ListDelegatedAdministratorsCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
