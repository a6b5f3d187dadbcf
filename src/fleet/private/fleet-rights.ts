import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { acknowledge } from '../../private/acknowledgements';
import { findAccounts } from '../../private/known-findings';
import { ConnectedAccounts } from '../../role/connected-accounts';
import { ConnectorService } from '../../service/connector-service';

/** Signing in at the service, the table, and finding the accounts. Nothing in any of them. */
export function connectAccounts(
  scope: IConstruct, service: ConnectorService, table: ITable, accounts: readonly ConnectedAccounts[],
): PolicyStatement[] {
  return [
    ...service._grantStatements(),
    new PolicyStatement({
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchWriteItem', 'dynamodb:Scan'],
      resources: [table.tableArn],
    }),
    ...unique(accounts.flatMap((one) => one._statements(scope))),
  ];
}

/** Says why wildcards stand in the policy. */
export function acknowledgeAccounts(policy: IConstruct, scope: IConstruct, accounts: readonly ConnectedAccounts[]): void {
  const resources = accounts.flatMap((one) => one._statements(scope)).flatMap(({ resources: some }) => some).filter((resource) => resource.includes('*'));
  for (const resource of new Set(resources)) acknowledge(policy, findAccounts(resource));
}

function unique(statements: readonly PolicyStatement[]): PolicyStatement[] {
  return [...new Map(statements.map((statement) => [JSON.stringify(statement.toStatementJson()), statement])).values()];
}
