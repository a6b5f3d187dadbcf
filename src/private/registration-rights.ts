import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { IBaseAccountUser } from '../base-account-user';
import { ConnectorService } from '../connector-service';
import { KeyDelivery } from '../key-delivery';
import { readSecret } from './secret-access';

export interface RegistrationRights {
  readonly service: ConnectorService;
  readonly user: IBaseAccountUser;
  readonly delivery: KeyDelivery;
  /** Begins with `/`. */
  readonly recordName: string;
}

/** Signing in at the service, reading the key, and the one ownership record. None on the user or its keys. */
export function registerKey(scope: IConstruct, { service, user, delivery, recordName }: RegistrationRights): PolicyStatement[] {
  const record = Stack.of(scope).formatArn({ service: 'ssm', resource: 'parameter', resourceName: recordName.slice(1) });
  return [
    ...service._grantStatements(),
    ...readSecret(user.accessKeySecret),
    new PolicyStatement({ actions: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'], resources: [record] }),
    ...delivery._statements(),
  ];
}
