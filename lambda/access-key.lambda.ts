import { accessKey } from './keys/access-key';
import { iamUserKeys } from './keys/iam-user-keys';
import { keySecret } from './keys/secrets-manager';
import { parameterStore } from './registration/parameter-store';
import { customResourceHandler } from './runtime/custom-resource';
import { systemWorld } from './runtime/system-world';
import { RECORDS_VARIABLE } from '../src/private/contract';

export const handler = customResourceHandler(accessKey({
  ...systemWorld,
  userKeys: iamUserKeys,
  secret: keySecret,
  records: parameterStore,
  recordNames: () => process.env[RECORDS_VARIABLE]?.split(',') ?? [],
}), systemWorld);
