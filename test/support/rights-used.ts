import type { World } from './lambda/world';

/** A call of AWS that a function signed with its role, as IAM is asked about it. */
export interface Used {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  readonly tagKeys?: string[];
}

/** Has `into` take whatever the functions of the world ask of AWS from now on. */
export function watchRights(world: World, into: Used[]): void {
  const { aws, traffic } = world;
  const answer = aws.answer.bind(aws);
  aws.answer = (service, action, input, caller) => {
    // Asking who one is needs no right, and a key under test is not the role.
    if (service !== 'sts' && !caller.credentials) {
      const role = traffic.calls.at(-1)!.functionName;
      into.push({ role, action: `${service}:${action}`, resource: resourceOf(world, service, input), ...input.Tags && { tagKeys: input.Tags.map(({ Key }: { Key: string }) => Key) }, ...input.TagKeys && { tagKeys: input.TagKeys } });
    }
    return answer(service, action, input, caller);
  };
}

function resourceOf({ aws: { account } }: World, service: string, input: Readonly<Record<string, any>>): string {
  const { UserName, AccessKeyId, RoleName, SecretId, Name, TopicArn, StackName } = input;
  switch (service) {
    case 'secretsmanager': return SecretId;
    case 'sns': return TopicArn;
    case 'cloudformation': return StackName;
    case 'ssm': return `arn:aws:ssm:us-east-1:${account.accountId}:parameter${Name}`;
    case 'iam': return RoleName
      ? account.roles.get(RoleName).arn
      // The API of its last use takes the key alone; IAM asks about its user.
      : `arn:aws:iam::${account.accountId}:user/${UserName ?? account.keys.find((key) => key.accessKeyId === AccessKeyId)?.userName}`;
    default: throw new Error(`the resources of ${service} are not known here`);
  }
}
