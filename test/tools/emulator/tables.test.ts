import {
  AttributeValue, BatchWriteItemCommand, DescribeContinuousBackupsCommand, DescribeTableCommand, GetItemCommand, PutItemCommand, ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { Clients } from '../../support/emulator/clients';
import { outputOf } from '../../support/emulator/outputs';
import { userWithKey } from '../../support/emulator/resources/users';
import { emulatorOfFile } from '../../support/emulator/temporary-emulator';

const ACCOUNT = '111111111111';
const aws = emulatorOfFile(ACCOUNT);
let TableName: string;
beforeEach(async () => {
  TableName = outputOf(await aws.root.stacks.create('stack', table()), 'Name');
});

const table = (properties: object = {}, more: object = {}) => ({
  Resources: {
    Table: {
      Type: 'AWS::DynamoDB::Table',
      ...more,
      Properties: {
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        ...properties,
      },
    },
  },
  Outputs: { Name: { Value: { Ref: 'Table' } } },
});
const describe_ = async () => (await aws.root.dynamodb.send(new DescribeTableCommand({ TableName }))).Table!;
const recovery = async () => (await aws.root.dynamodb.send(new DescribeContinuousBackupsCommand({ TableName })))
  .ContinuousBackupsDescription!.PointInTimeRecoveryDescription!.PointInTimeRecoveryStatus;
const put = (id: string, more: Record<string, AttributeValue> = {}, condition: object = {}, caller = aws.root) =>
  caller.dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: id }, ...more }, ...condition }));

test('point-in-time recovery and encryption hold from the creation on, and change in place', async () => {
  expect(await recovery()).toBe('ENABLED');
  const before = await describe_();
  await put('one');
  await aws.root.stacks.update('stack', table({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false }, SSESpecification: { SSEEnabled: true } }));
  expect(await recovery()).toBe('DISABLED');
  expect(await describe_()).toMatchObject({ TableId: before.TableId, SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' } });
  expect((await aws.root.dynamodb.send(new GetItemCommand({ TableName, Key: { id: { S: 'one' } } }))).Item).toEqual({ id: { S: 'one' } });
});

test('a table that is retained stays with its items; one that is protected is not deleted', async () => {
  await aws.root.stacks.update('stack', table({ DeletionProtectionEnabled: true }));
  expect((await aws.root.stacks.delete('stack')).StackStatus).toBe('DELETE_FAILED');
  await put('one');
  const again = await aws.root.stacks.create('again', table({ TableName: 'kept' }, { DeletionPolicy: 'Retain' }));
  expect((await aws.root.stacks.delete('again')).StackStatus).toBe('DELETE_COMPLETE');
  TableName = outputOf(again, 'Name');
  await put('two');
  const { StackStatus, StackId } = await aws.root.stacks.create('third', table({ TableName: 'kept' }));
  expect([StackStatus, await aws.root.stacks.reasonOf(StackId!)]).toEqual(['ROLLBACK_COMPLETE', expect.stringContaining('\'kept\' already exists')]);
  expect((await aws.root.dynamodb.send(new ScanCommand({ TableName }))).Count).toBe(1);
});

test('a condition that fails says what is there, if it is asked to', async () => {
  await put('one', { owner: { S: 'a' } });
  const condition = { ConditionExpression: 'attribute_not_exists(id)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
  await expect(put('one', { owner: { S: 'b' } }, condition)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: { id: { S: 'one' }, owner: { S: 'a' } } });
  const update = (from: string) => aws.root.dynamodb.send(new UpdateItemCommand({
    TableName,
    Key: { id: { S: 'one' } },
    UpdateExpression: 'SET #owner = :to ADD calls :one REMOVE absent',
    ConditionExpression: '#owner = :from OR #until < :now',
    ExpressionAttributeNames: { '#owner': 'owner', '#until': 'until' },
    ExpressionAttributeValues: { ':to': { S: 'c' }, ':from': { S: from }, ':now': { N: '5' }, ':one': { N: '1' } },
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  }));
  await expect(update('x')).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: { owner: { S: 'a' } } });
  expect((await update('a')).Attributes).toEqual({ id: { S: 'one' }, owner: { S: 'c' }, calls: { N: '1' } });
});

test('a scan comes in pages: of so many items as are asked for, and of one megabyte', async () => {
  const filler = { S: 'x'.repeat(300_000) };
  for (let number = 0; number < 5; number++) await put(`item-${number}`, { filler });
  const pages: number[] = [];
  for (let ExclusiveStartKey: Record<string, AttributeValue> | undefined, more = true; more; more = ExclusiveStartKey !== undefined) {
    const page = await aws.root.dynamodb.send(new ScanCommand({ TableName, ExclusiveStartKey, ConsistentRead: true }));
    pages.push(page.Count!);
    ExclusiveStartKey = page.LastEvaluatedKey;
  }
  expect([pages.length > 1, pages.reduce((sum, count) => sum + count)]).toEqual([true, 5]);
  const first = await aws.root.dynamodb.send(new ScanCommand({ TableName, Limit: 2 }));
  expect([first.Count, first.LastEvaluatedKey]).toEqual([2, { id: expect.anything() }]);
});

test('25 items are written at once, and no more', async () => {
  const write = (count: number) => aws.root.dynamodb.send(new BatchWriteItemCommand({
    RequestItems: { [TableName]: Array.from({ length: count }, (_, number) => ({ PutRequest: { Item: { id: { S: `${number}` } } } })) },
  }));
  expect((await write(25)).UnprocessedItems).toEqual({});
  await expect(write(26)).rejects.toMatchObject({ name: 'ValidationException' });
  expect((await aws.root.dynamodb.send(new ScanCommand({ TableName, Select: 'COUNT' }))).Count).toBe(25);
});

test('each action needs its right on the table', async () => {
  const Resource = (await describe_()).TableArn!;
  const reads = new Clients(aws.emulator, await userWithKey(aws.root, 'reads', [{ Action: ['dynamodb:GetItem', 'dynamodb:Scan'], Resource }]));
  const writes = new Clients(aws.emulator, await userWithKey(aws.root, 'writes', [{ Action: ['dynamodb:PutItem', 'dynamodb:BatchWriteItem'], Resource }]));
  const elsewhere = new Clients(aws.emulator, await userWithKey(aws.root, 'elsewhere', [{ Action: 'dynamodb:*', Resource: `${Resource}-another` }]));
  await put('one', {}, {}, writes);
  expect((await reads.dynamodb.send(new ScanCommand({ TableName }))).Count).toBe(1);
  const denied = { name: 'AccessDeniedException' };
  await expect(put('two', {}, {}, reads)).rejects.toMatchObject(denied);
  await expect(writes.dynamodb.send(new GetItemCommand({ TableName, Key: { id: { S: 'one' } } }))).rejects.toMatchObject(denied);
  await expect(reads.dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ DeleteRequest: { Key: { id: { S: 'one' } } } }] } }))).rejects.toMatchObject(denied);
  await expect(elsewhere.dynamodb.send(new ScanCommand({ TableName }))).rejects.toMatchObject(denied);
});
