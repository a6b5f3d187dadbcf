import type { FakeAws, Input } from './aws';
import { FakeStackSet } from './organization/stack-sets';

/** A statement of a policy, as it stands in IAM. */
export interface RightStatement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What IAM is asked about. */
export interface Right {
  readonly action: string;
  readonly resource: string;
  readonly tagKeys?: readonly string[];
}

/** The right that a call of a function needs. Undefined where none is needed, or where there is nothing to have a right on. */
export function rightFor(aws: FakeAws, service: string, action: string, input: Input): Right | undefined {
  const { account, partition, accountId } = aws;
  const { UserName, AccessKeyId, RoleName, SecretId, Name, Path, TopicArn, StackName, Tags, TagKeys } = input;
  const { StackSetName, TableName, RequestItems = {} } = input;
  const right = (resource: string): Right => ({
    action: `${service}:${action}`, resource, ...Tags && { tagKeys: Tags.map(({ Key }: { Key: string }) => Key) }, ...TagKeys && { tagKeys: TagKeys },
  });
  switch (service) {
    case 'sts': return undefined; // asking who one is
    case 'secretsmanager': return right(SecretId);
    case 'sns': return right(TopicArn);
    case 'cloudformation': return right(StackName ?? new FakeStackSet(StackSetName, aws.region, partition).arn);
    case 'organizations': return right('*');
    case 'dynamodb': return right(aws.arn('dynamodb', `table/${TableName ?? Object.keys(RequestItems)[0]}`));
    case 'ssm': return right(aws.arn('ssm', `parameter${(Name ?? Path).replace(/:\d+$/, '')}`)); // a version is read by the right on its parameter
    case 'iam': {
      if (RoleName) return right(account.roles.arnOf(RoleName));
      // The API of its last use takes the key alone; IAM asks about its user.
      const user = UserName ?? account.keys.find((key) => key.accessKeyId === AccessKeyId)?.userName;
      return user && right(`arn:${partition}:iam::${accountId}:user${account.paths.get(user) ?? '/'}${user}`);
    }
    default: throw new Error(`the resources of ${service} are not known here`);
  }
}

/** Whether these statements let a role do it. Throws for what is not modelled. */
export function allows(statements: readonly RightStatement[], { action, resource, tagKeys }: Right): boolean {
  return statements.some(({ Effect, Action, Resource, Condition = {} }) => {
    if (Effect !== 'Allow') throw new Error(`a statement with the effect ${Effect} is not known here`);
    return [Action].flat().some((pattern) => matches(pattern, action)) && [Resource].flat().some((pattern) => matches(pattern, resource))
      && Object.entries(Condition).every(([operator, keys]) => {
        if (operator !== 'ForAllValues:StringEquals' || Object.keys(keys).join() !== 'aws:TagKeys') throw new Error(`the condition ${operator} is not known here`);
        return (tagKeys ?? []).every((key) => [keys['aws:TagKeys']!].flat().includes(key));
      });
  });
}

const expressions = new Map<string, RegExp>();

function matches(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  let expression = expressions.get(pattern);
  if (!expression) {
    expression = new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`);
    expressions.set(pattern, expression);
  }
  return expression.test(text);
}
