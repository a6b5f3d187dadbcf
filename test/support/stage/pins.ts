import { ACCESS_KEY_VARIABLE } from '../../../src/wire/access-key';
import { REGISTRATION_VARIABLE, TITLE_VARIABLE } from '../../../src/wire/base-account';
import { SERVICES_VARIABLE } from '../../../src/wire/connector';
import { FLEET_VARIABLE } from '../../../src/wire/fleet';
import { ROLE_TRUST_VARIABLE } from '../../../src/wire/role-trust';

type Environment = Readonly<Record<string, string>>;
type Raw = Readonly<Record<string, any>>;

/** What each handler is fixed to, with properties that no construct makes as they are here. */
const FIXED: Readonly<Record<string, (value: any, raw: Raw) => unknown>> = {
  [ACCESS_KEY_VARIABLE]: (value, raw) => ({ ...value, ...raw }),
  [ROLE_TRUST_VARIABLE]: (value, raw) => ({ ...value, ...raw }),
  [REGISTRATION_VARIABLE]: (value, { Title: _, AccessKeyId: __, ...raw }) => ({ ...value, Properties: { ...value.Properties, ...raw } }),
  [FLEET_VARIABLE]: (value, raw) => ({ ...value, Properties: { ...value.Properties, ...raw } }),
  [SERVICES_VARIABLE]: (value, { Service }) => (Service ? [...value, Service] : value),
};

/** The environment of a function whose resource is deployed with these properties; null takes one away. */
export function fixedTo(env: Environment, raw: Raw): Environment {
  const without = (value: unknown) => JSON.stringify(value, (_, item: unknown) => item ?? undefined);
  const fixed = Object.entries(env).map(([name, value]) => [name, FIXED[name] ? without(FIXED[name]!(JSON.parse(value), raw)) : value] as const);
  return { ...Object.fromEntries(fixed), ...TITLE_VARIABLE in env && typeof raw.Title === 'string' && { [TITLE_VARIABLE]: raw.Title } };
}
