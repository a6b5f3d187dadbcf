import {
  AcceptHandshakeCommand, Account, CloseAccountCommand, CreateOrganizationCommand, CreateOrganizationalUnitCommand, EnableAWSServiceAccessCommand,
  InviteAccountToOrganizationCommand, ListAccountsCommand, ListParentsCommand, ListRootsCommand, MoveAccountCommand,
  RegisterDelegatedAdministratorCommand, RemoveAccountFromOrganizationCommand,
} from '@aws-sdk/client-organizations';
import { Clients } from '../clients';
import { Emulator } from '../emulator';

/** The service whose delegated administrators may make stack sets. */
export const STACK_SETS = 'member.org.stacksets.cloudformation.amazonaws.com';

/** An organization of the emulator, changed by the root user of its management account. */
export class Organization {
  public static async create(emulator: Emulator, management: string): Promise<Organization> {
    const { organizations } = new Clients(emulator, management);
    const { Organization: made } = await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
    const { Roots } = await organizations.send(new ListRootsCommand({}));
    await organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: STACK_SETS }));
    return new Organization(emulator, management, made!.Id!, Roots![0]!.Id!);
  }

  /** The clients of the management account's root user. */
  public readonly root: Clients;

  private constructor(
    private readonly emulator: Emulator, public readonly management: string, public readonly id: string, public readonly rootId: string,
  ) {
    this.root = new Clients(emulator, management);
  }

  /** Makes a unit; answers its ID. */
  public async addUnit(Name: string, ParentId: string = this.rootId): Promise<string> {
    const { OrganizationalUnit } = await this.root.organizations.send(new CreateOrganizationalUnitCommand({ Name, ParentId }));
    return OrganizationalUnit!.Id!;
  }

  /** An account of this ID joins, and moves into the unit if one is given. It is named as the invitation says, which AWS does not do. */
  public async addAccount(accountId: string, unit?: string, name?: string): Promise<void> {
    const invitation = new InviteAccountToOrganizationCommand({ Target: { Id: accountId, Type: 'ACCOUNT' }, Notes: name });
    const { Handshake } = await this.root.organizations.send(invitation);
    await new Clients(this.emulator, accountId).organizations.send(new AcceptHandshakeCommand({ HandshakeId: Handshake!.Id }));
    if (unit !== undefined) await this.move(accountId, unit);
  }

  /** Moves an account from where it is into a unit. */
  public async move(AccountId: string, DestinationParentId: string): Promise<void> {
    const { Parents } = await this.root.organizations.send(new ListParentsCommand({ ChildId: AccountId }));
    await this.root.organizations.send(new MoveAccountCommand({ AccountId, SourceParentId: Parents![0]!.Id, DestinationParentId }));
  }

  /** Closes an account: it is SUSPENDED from then on, and still listed. */
  public async close(AccountId: string): Promise<void> {
    await this.root.organizations.send(new CloseAccountCommand({ AccountId }));
  }

  /** Takes an account out: it is listed no more. */
  public async remove(AccountId: string): Promise<void> {
    await this.root.organizations.send(new RemoveAccountFromOrganizationCommand({ AccountId }));
  }

  /** Gives an account another name. */
  public async rename(accountId: string, name: string): Promise<void> {
    await this.emulator.tell('account-name', { account: accountId, name });
  }

  /** Lets a member administer a service for the organization. */
  public async delegate(AccountId: string, ServicePrincipal: string = STACK_SETS): Promise<void> {
    await this.root.organizations.send(new RegisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal }));
  }

  /** All accounts, of all pages. */
  public async accounts(): Promise<Account[]> {
    const found: Account[] = [];
    for (let NextToken: string | undefined; ;) {
      const page = await this.root.organizations.send(new ListAccountsCommand({ NextToken }));
      found.push(...page.Accounts ?? []);
      NextToken = page.NextToken;
      if (NextToken === undefined) return found;
    }
  }
}
