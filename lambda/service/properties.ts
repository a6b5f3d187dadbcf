import * as z from 'zod/mini';
import { text } from '../runtime/properties';

/** Where the service is and how to sign in. */
export const serviceProperties = z.object({
  ApiServer: text,
  Gateway: z.optional(text),
  PlatformUrl: z.optional(text),
  Authentication: z.enum(['BASIC', 'OIDC_CLIENT']),
  CredentialsSecretArn: text,
});

export const accountType = z.enum(['GLOBAL', 'US_GOVCLOUD', 'CHINA']);
