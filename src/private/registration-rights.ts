import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { IBaseAccountUser } from '../base-account-user';
import { ConnectorService } from '../connector-service';
import { KeyDelivery } from '../key-delivery';
import { CANCELLATION_SUFFIX } from './contract';
import { readSecret } from './secret-access';

export interface RegistrationRights {
  readonly service: ConnectorService;
  readonly user: IBaseAccountUser;
  readonly delivery: KeyDelivery;
  /** Begins with `/`. */
  readonly recordName: string;
}

/** Signing in at the service, reading the key, the one ownership record and the note beside it. None on the user or its keys. */
export function registerKey(scope: IConstruct, { service, user, delivery, recordName }: RegistrationRights): PolicyStatement[] {
  const parameter = (name: string) => Stack.of(scope).formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.slice(1) });
  return [
    ...service._grantStatements(),
    ...readSecret(user.accessKeySecret),
    new PolicyStatement({ actions: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'], resources: [parameter(recordName), parameter(recordName + CANCELLATION_SUFFIX)] }),
    ...delivery._statements(),
  ];
}
