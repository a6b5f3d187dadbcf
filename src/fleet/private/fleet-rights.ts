import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { ConnectedAccounts } from '../../role/connected-accounts';
import { ConnectorService } from '../../service/connector-service';

/** Statements to sign in at the service, to use the table and its key, and to list the accounts. They grant nothing in the accounts themselves. */
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

/** Statement to use the table's customer managed key, if it has one, and only through DynamoDB. AWS requires these actions to read and write the table. */
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
