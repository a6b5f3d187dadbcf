import { accessKey } from './keys/access-key';
import { iamUserKeys } from './keys/iam-user-keys';
import { keySecret } from './keys/secrets-manager';
import { customResourceHandler } from './runtime/custom-resource';
import { systemWorld } from './runtime/system-world';

export const handler = customResourceHandler(accessKey({ ...systemWorld, userKeys: iamUserKeys, secret: keySecret }), systemWorld);
