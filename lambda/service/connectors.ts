import { CloudViewConnectors } from './cloudview/connectors';
import { ConnectorApi, ConnectorEntry } from './connector-api';
import { QpsConnectors } from './qps/connectors';
import type { AccountTypeName } from '../../src/wire/account-types';

const MAXIMUM_NAMES = 5;
/** Connectors in one read that looks for the account. The first one usually shows it. */
const A_FEW = 100;

/** Both APIs as one. Each account type uses the API that can write its connectors. */
export function connectorApi(qps: QpsConnectors, cloudView: CloudViewConnectors): ConnectorApi {
  const api = (accountType: AccountTypeName) => (accountType === 'CHINA' ? cloudView : qps);
  return {
    find: (accountType, roleArn) => api(accountType).find(roleArn),
    get: (accountType, id) => api(accountType).get(id),
    create: (connector) => api(connector.accountType).create(connector),
    update: (entry, changes) => api(entry.accountType).update(entry, changes),
    remove: (entry) => api(entry.accountType).remove(entry),
    page: (from, size) => qps.page(from, size),
    run: (entry) => api(entry.accountType).run(entry),
    all,
    ofType: async (accountType) => {
      const names: string[] = [];
      let count = 0;
      for await (const { name, id } of all(accountType)) if (++count <= MAXIMUM_NAMES) names.push(name ?? id);

      return { count, names };
    },
    servingAccount: async (accountType) => {
      for await (const { qualysAwsAccountId } of all(accountType, A_FEW)) if (qualysAwsAccountId !== undefined) return qualysAwsAccountId;

      return undefined;
    },
  };

  async function* all(accountType: AccountTypeName, size?: number): AsyncGenerator<ConnectorEntry> {
    if (accountType === 'CHINA') {
      yield* await cloudView.all();
      return;
    }
    for await (const entry of qps.all(size)) if (entry.accountType === accountType) yield entry;

  }
}
