import { Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectorService } from '../../../../src/service/connector-service';
import { QualysCredentials } from '../../../../src/service/qualys-credentials';
import { QualysPlatform } from '../../../../src/service/qualys-platform';
import { HOSTS, OTHER_HOSTS } from '../../lambda/network';
import { CREDENTIALS_SECRET } from '../../lambda/world';

/** Which service: the one of the world unless it says `other`. */
export type Platform = 'other';

/** The connector service of this process, with the credentials that stand in the account's secret. */
export function serviceFor(stack: Stack, platform?: Platform): ConnectorService {
  const { apiServer, gateway, platformUrl } = platform === 'other' ? OTHER_HOSTS : HOSTS;
  const secretArn = stack.formatArn({ service: 'secretsmanager', resource: `secret:${CREDENTIALS_SECRET}` });
  const id = 'ApiUser';
  const secret = stack.node.tryFindChild(id) as Secret | undefined ?? Secret.fromSecretCompleteArn(stack, id, secretArn);
  return new ConnectorService({ platform: QualysPlatform.custom({ apiServer, gateway, platformUrl }), credentials: QualysCredentials.basic(secret) });
}
