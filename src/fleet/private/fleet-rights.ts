import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
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

function unique(statements: readonly PolicyStatement[]): PolicyStatement[] {
  return [...new Map(statements.map((statement) => [JSON.stringify(statement.toStatementJson()), statement])).values()];
}
