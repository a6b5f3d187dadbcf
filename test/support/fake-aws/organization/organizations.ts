import { awsError } from '../account';
import type { Service } from '../aws';

/** As Organizations puts them on a page. */
const PAGE = 20;

interface MemberAccount {
  name: string;
  /** ACTIVE, SUSPENDED, PENDING_CLOSURE. */
  state: string;
  /** Below the root. */
  unit?: string;
}

/** The organization that the account is in, which may read it as a delegated administrator. */
export class FakeOrganization {
  public readonly accounts = new Map<string, MemberAccount>();
  public readonly root = 'r-ab12';
  /** The pages begin again and again, as an emulator once had it. */
  public isEndless = false;

  public join(accountId: string, name = `Account ${accountId.slice(-4)}`, unit?: string): void {
    this.accounts.set(accountId, { name, state: 'ACTIVE', unit });
  }

  public leave(accountId: string): void {
    this.accounts.delete(accountId);
  }
}

export const organizations: Service = {
  ListAccounts: ({ organization }, { NextToken = '0' }) => {
    if (organization.accounts.size === 0) throw awsError('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
    const from = Number(NextToken);
    const Accounts = [...organization.accounts].slice(from, from + PAGE).map(([Id, { name, state, unit }]) => ({
      Id, Name: name, State: state, Status: state === 'ACTIVE' ? 'ACTIVE' : 'SUSPENDED', Paths: [`o-a1b2c3d4e5/${organization.root}/${unit === undefined ? '' : `${unit}/`}`],
    }));
    if (organization.isEndless) return { Accounts, NextToken: '0' };
    return { Accounts, ...from + PAGE < organization.accounts.size && { NextToken: String(from + PAGE) } };
  },
};
