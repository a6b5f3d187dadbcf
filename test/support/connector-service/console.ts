import { AccountType } from './account-type';
import { BaseAccountChanges, BaseAccountInput, BaseAccounts } from './base-accounts';
import { ConnectorSettings } from './connector';
import { Connectors } from './connectors';
import { Tags } from './qps/tags';
import { Runs } from './runs';

/** What people do in the vendor's UI, and what the service does by itself. Refusals are thrown. */
export class Console {
  public constructor(
    private readonly accounts: BaseAccounts,
    private readonly connectors: Connectors,
    private readonly runs: Runs,
    private readonly tags: Tags,
  ) {}

  public createBaseAccount(input: BaseAccountInput): void {
    this.accounts.create(input);
  }

  /** The account type cannot be edited: it says which base account is meant. */
  public editBaseAccount(accountType: AccountType, changes: BaseAccountChanges): void {
    this.accounts.edit(accountType, changes);
  }

  /** Its connectors fall back to the Qualys account at once. */
  public deleteBaseAccount(accountType: AccountType): void {
    this.accounts.delete(accountType);
  }

  /** Returns its ID. */
  public createConnector(settings: ConnectorSettings): number {
    return this.connectors.create(settings).id;
  }

  public editConnector(connectorId: number, changes: ConnectorSettings): void {
    this.connectors.update(this.connectors.existing(connectorId), changes);
  }

  public deleteConnector(connectorId: number): void {
    this.connectors.delete(this.connectors.existing(connectorId));
  }

  /** Returns its ID. */
  public createTag(name: string): number {
    return this.tags.create(name);
  }

  /** It keeps its ID. */
  public renameTag(name: string, to: string): void {
    this.tags.rename(name, to);
  }

  /** From then on an organization connector manages it. */
  public attachToOrganizationConnector(connectorId: number): void {
    this.connectors.existing(connectorId).isAttachedToOrgConnector = true;
  }

  /** The polling of every enabled connector; settles when all have run. */
  public async poll(): Promise<void> {
    for (const connector of this.connectors.live()) if (connector.state !== 'DISABLED') this.runs.start(connector);

    await this.runs.settled();
  }
}
