import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { ConnectedAccounts } from '../../role/connected-accounts';
import { ConnectorService } from '../../service/connector-service';

/** Signing in at the service, the table and its key, and finding the accounts. Nothing in any of them. */
export function connectAccounts(
  scope: IConstruct, service: ConnectorService, table: ITable, accounts: readonly ConnectedAccounts[],
): PolicyStatement[] {
  return [
    ...service._grantStatements(),
    new PolicyStatement({
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchWriteItem', 'dynamodb:Scan'],
      resources: [table.tableArn],
    }),
    ...useTableKey(table),
    ...unique(accounts.flatMap((one) => one._statements(scope))),
  ];
}

/** Using the table's customer managed key, if it has one, and that only through DynamoDB: what AWS asks of those who read and write such a table. */
function useTableKey({ encryptionKey, env: { region } }: ITable): PolicyStatement[] {
  return encryptionKey === undefined ? [] : [new PolicyStatement({
    actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
    resources: [encryptionKey.keyArn],
    // `amazonaws.com` in every partition, as CDK has it.
    conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` } },
  })];
}

function unique(statements: readonly PolicyStatement[]): PolicyStatement[] {
  return [...new Map(statements.map((statement) => [JSON.stringify(statement.toStatementJson()), statement])).values()];
}
