import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { shown } from '../../private/checks';
import { ROLE_ARN } from '../../wire/patterns';

/** Splits an ARN. Throws unless `arn` is a token or the ARN of a role. The parts of a token are tokens. */
export function parseRoleArn(scope: IConstruct, arn: string): { readonly partition: string; readonly account: string } {
  if (Token.isUnresolved(arn)) {
    const { partition, account } = Stack.of(scope).splitArn(arn, ArnFormat.SLASH_RESOURCE_NAME);
    return { partition: partition!, account: account! };
  }
  const [, partition, account] = ROLE_ARN.exec(arn) ?? [];
  if (account === undefined) {
    throw new Error('roleArn must be the ARN of an IAM role, as arn:aws:iam::111122223333:role/QualysConnector, '
      + `got ${shown(arn)}`);
  }
  return { partition, account };
}
