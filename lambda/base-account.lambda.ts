import { stsWhoAmI } from './keys/caller-identity';
import { keySecret } from './keys/secrets-manager';
import { baseAccount } from './registration/base-account';
import { parameterStore } from './registration/parameter-store';
import { snsNotify } from './registration/sns';
import { customResourceHandler } from './runtime/custom-resource';
import { systemWorld } from './runtime/system-world';
import { readCredentials } from './service/credentials-secret';
import { connect } from './service/service';

export const handler = customResourceHandler(baseAccount({
  ...systemWorld,
  secret: keySecret,
  whoAmI: stsWhoAmI,
  records: parameterStore,
  notify: snsNotify,
  service: (service, { deadline, redactor, outbound }, patiently) => connect({
    ...systemWorld,
    env: process.env,
    service,
    credentials: () => readCredentials(service.CredentialsSecretArn, patiently),
    deadline,
    redactor,
    outbound,
  }),
}), systemWorld);
