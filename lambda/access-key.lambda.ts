import { accessKey } from './keys/access-key';
import { heldKeys } from './keys/held-keys';
import { iamUserKeys } from './keys/iam-user-keys';
import { keySecret } from './keys/secrets-manager';
import { customResourceHandler } from './runtime/custom-resource';
import { systemWorld } from './runtime/system-world';
import { RECORDS_VARIABLE } from '../src/wire/access-key';

export const handler = customResourceHandler(accessKey({
  ...systemWorld,
  userKeys: iamUserKeys,
  secret: keySecret,
  heldKeys,
  recordNames: () => process.env[RECORDS_VARIABLE]?.split(',') ?? [],
}), systemWorld);
