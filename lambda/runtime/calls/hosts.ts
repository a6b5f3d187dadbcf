/** The environment of the function. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Services of AWS that a function of this library calls. */
const SERVICES = 'cloudformation|dynamodb|iam|organizations|secretsmanager|sns|ssm|sts';

/** The host names of the SDK and PrivateLink: with a region, for FIPS, for both versions of IP, or as an interface endpoint. */
const AWS_ENDPOINT = new RegExp(`^(vpce-[a-z0-9-]+\\.)?(${SERVICES})(-fips)?(\\.[a-z0-9-]+){0,2}\\.(amazonaws\\.com(\\.cn)?|api\\.aws|api\\.amazonwebservices\\.com\\.cn)$`);

/** The hosts that take the answers to CloudFormation, by the partition of the stack. */
const ANSWERED_AT: Readonly<Record<string, string>> = { 'aws': '.amazonaws.com', 'aws-us-gov': '.amazonaws.com', 'aws-cn': '.amazonaws.com.cn' };

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Whether the function runs in an emulator of AWS on this machine: its environment directs the SDK there. */
function isEmulated({ AWS_ENDPOINT_URL: url }: Environment): boolean {
  return url !== undefined && URL.canParse(url) && isLoopback(new URL(url).hostname);
}

/** The URL, if an answer may go there: by https to AWS in the partition of the stack, or to this machine if it emulates AWS. */
export function usableResponseUrl(value: unknown, stackId: string, env: Environment): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  const { protocol, hostname, username, password } = new URL(value);
  const isAws = protocol === 'https:' && hostname.endsWith(ANSWERED_AT[stackId.split(':')[1] ?? ''] ?? '.amazonaws.com');
  const isHere = isLoopback(hostname) && isEmulated(env);
  return (isAws || isHere) && username === '' && password === '' ? value : undefined;
}

/**
 * Why the SDK must not be used: the environment directs it to a host that is neither AWS's nor this machine. That host would see every
 * secret.
 */
export function endpointDefect(env: Environment): string | undefined {
  const name = Object.keys(env).find((one) => one.startsWith('AWS_ENDPOINT_URL') && env[one] !== undefined && !mayBeCalled(env[one]));
  return name && `the environment variable ${name} of the function leads calls of AWS to a host that is neither an endpoint of AWS nor this machine: remove it`;
}

function mayBeCalled(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return isLoopback(hostname) || (protocol === 'https:' && AWS_ENDPOINT.test(hostname));
}
