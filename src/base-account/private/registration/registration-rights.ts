import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { readSecret } from '../../../private/secrets';
import { parameterArn } from '../../../private/stacks';
import { ConnectorService } from '../../../service/connector-service';
import { CANCELLATION_SUFFIX } from '../../../wire/base-account';
import { IBaseAccountUser } from '../../base-account-user-attributes';
import { KeyDelivery } from '../../key-delivery';

export interface RegistrationRights {
  readonly service: ConnectorService;
  readonly user: IBaseAccountUser;
  readonly delivery: KeyDelivery;
  /** Begins with `/`. */
  readonly recordName: string;
}

/**
 * The rights to sign in at the service, to read the key, and to write the ownership record and the note beside it. There are none on the
 * user or its keys.
 */
export function registerKey(scope: IConstruct, { service, user, delivery, recordName }: RegistrationRights): PolicyStatement[] {
  return [
    ...service._grantStatements(),
    ...readSecret(user.accessKeySecret),
    new PolicyStatement({
      actions: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'],
      resources: [recordName, recordName + CANCELLATION_SUFFIX].map((name) => parameterArn(scope, name)),
    }),
    ...delivery._statements(),
  ];
}
