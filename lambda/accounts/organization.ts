import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { knownAccountId } from './account-id';
import { allPages } from './pages';
import { Organization } from './ports';
import { isNamed } from '../runtime/calls/aws-errors';
import { DeployError } from '../runtime/errors';
import { Outbound } from '../runtime/resource';

const ACCOUNTS = 'organizations:ListAccounts';

/** The organization of this account. The account has to be the management account, or a delegated administrator of any service. */
export function organization(outbound: Outbound): Organization {
  const client = new OrganizationsClient({});
  return {
    accounts: async () => {
      try {
        const accounts = await allPages(ACCOUNTS, async (NextToken) => {
          const { Accounts = [], NextToken: next } = await outbound(ACCOUNTS, () => client.send(new ListAccountsCommand({ NextToken })));
          return { items: Accounts, next };
        });
        return accounts.map(({ Id, Name, State, Status, Paths }) => ({
          accountId: knownAccountId(ACCOUNTS, Id),
          name: Name,
          // AWS will replace `Status` by `State`.
          isActive: (State ?? Status) === 'ACTIVE',
          units: Paths?.flatMap((path) => path.split('/').filter((part) => /^(r|ou)-/.test(part))),
        }));
      } catch (error) {
        if (isNamed(error, 'AWSOrganizationsNotInUseException')) throw new DeployError('this account is in no organization, so there are no accounts to connect: use ConnectedAccounts.fromAccountIds()');

        throw error;
      }
    },
  };
}
