import { AssemblyStack, textOf } from './assembly';
import type { Platform } from './vendor-hosts';
import { BASE_ACCOUNT_RESOURCE_TYPE } from '../../../../src/wire/base-account';
import { REGION } from '../../../support/emulator/aws-environment';

/** What there has to be before an app is deployed, and what cannot be here. */
export interface AppNeeds {
  /** In which its stacks are. */
  readonly accounts: readonly string[];
  /** With the login of the service, which stand before the first deployment. */
  readonly secrets: readonly { readonly account: string; readonly name: string }[];
  readonly platforms: readonly Platform[];
  /** The app wants to push the key, and asks no person. */
  readonly pushes: boolean;
  /** The titles of its base accounts. */
  readonly titles: readonly string[];
  /** To which its policies keep callers or roles. */
  readonly organizations: readonly string[];
  /** In words: what to change in the app. */
  readonly refusals: readonly string[];
}

interface Service { readonly ApiServer: unknown; readonly Gateway?: unknown; readonly PlatformUrl?: unknown; readonly CredentialsSecretArn: unknown }

/** Reads the templates of an app. */
export function needsOf(stacks: readonly AssemblyStack[]): AppNeeds {
  const refusals: string[] = [];
  const secrets = new Map<string, { account: string; name: string }>();
  const platforms = new Map<string, Platform>();
  const properties = stacks.flatMap((stack) => resourcesOf(stack).map(({ Type, Properties = {} }) => ({ stack, Type, Properties })));
  for (const stack of stacks) if (stack.region !== REGION) refusals.push(`the stack ${stack.path} is in the region ${stack.region}, and the local AWS has ${REGION} alone: deploy it there`);

  for (const { stack, Properties } of properties) {
    const service = Properties.Service as Service | undefined;
    if (service?.CredentialsSecretArn === undefined) continue;
    const secret = secretOf(textOf(service.CredentialsSecretArn, stack));
    if (secret === undefined) refusals.push(`the stack ${stack.path} does not name the secret with the login of the service: refer to it by Secret.fromSecretNameV2, and the demo makes it`);
    else secrets.set(`${secret.account} ${secret.name}`, secret);

    const [apiServer, gateway, platformUrl] = [service.ApiServer, service.Gateway, service.PlatformUrl].map((url) => textOf(url, stack));
    if (apiServer !== undefined) platforms.set(apiServer, { apiServer, gateway, platformUrl });
  }
  if (platforms.size > 1) refusals.push(`the app names ${platforms.size} platforms (${[...platforms.keys()].join(', ')}), and the stand-in is one subscription: name one`);
  const organizations = [...new Set(JSON.stringify(stacks.map(({ templates }) => templates)).match(/\bo-[a-z0-9]{10,32}\b/g) ?? [])];
  if (organizations.length > 1) refusals.push(`the app names ${organizations.length} organizations (${organizations.join(', ')}), and the accounts here can be in one: name one`);
  const sets = properties.filter(({ Type }) => Type === 'AWS::CloudFormation::StackSet').map(({ stack }) => stack.path);
  if (sets.length > 0) refusals.push(`${sets.join(', ')} has a stack set, whose units are not there: npm run demo -- --organization plays them`);
  const entries = properties.filter(({ Type }) => Type === BASE_ACCOUNT_RESOURCE_TYPE);
  return {
    accounts: [...new Set(stacks.map(({ account }) => account))],
    secrets: [...secrets.values()],
    platforms: [...platforms.values()],
    pushes: entries.some(({ Properties }) => (Properties.Delivery as { Mode?: string } | undefined)?.Mode === 'API'),
    titles: entries.map(({ stack, Properties }) => textOf(Properties.Title, stack) ?? 'Base account'),
    organizations,
    refusals: [...new Set(refusals)],
  };
}

function resourcesOf({ templates }: AssemblyStack) {
  return templates.flatMap(({ Resources = {} }) => Object.values(Resources));
}

/** Of an ARN with the name alone; a whole one ends with six characters that Secrets Manager chooses, and cannot be made again. */
function secretOf(arn?: string): { account: string; name: string } | undefined {
  const [, account, name] = /^arn:aws:secretsmanager:[^:]+:(\d{12}):secret:(.+)$/.exec(arn ?? '') ?? [];
  return account === undefined || /-(?=[a-z]*[A-Z\d])[A-Za-z\d]{6}$/.test(name!) ? undefined : { account, name: name! };
}
