import * as cloudFormation from '@aws-sdk/client-cloudformation';
import * as dynamoDb from '@aws-sdk/client-dynamodb';
import * as iam from '@aws-sdk/client-iam';
import * as organizations from '@aws-sdk/client-organizations';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as sns from '@aws-sdk/client-sns';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import type { Fault } from './faults';
import type { Process } from './process';
import type { Traffic } from './traffic';
import { accessDenied, FakeAws } from '../fake-aws/aws';

interface Sdk {
  readonly name: string;
  readonly module: object;
  readonly client: string;
  readonly exception: string;
}

const MODULES: Readonly<Record<string, Sdk>> = {
  '@aws-sdk/client-cloudformation': { name: 'cloudformation', module: cloudFormation, client: 'CloudFormationClient', exception: 'CloudFormationServiceException' },
  '@aws-sdk/client-dynamodb': { name: 'dynamodb', module: dynamoDb, client: 'DynamoDBClient', exception: 'DynamoDBServiceException' },
  '@aws-sdk/client-iam': { name: 'iam', module: iam, client: 'IAMClient', exception: 'IAMServiceException' },
  '@aws-sdk/client-organizations': { name: 'organizations', module: organizations, client: 'OrganizationsClient', exception: 'OrganizationsServiceException' },
  '@aws-sdk/client-sts': { name: 'sts', module: sts, client: 'STSClient', exception: 'STSServiceException' },
  '@aws-sdk/client-ssm': { name: 'ssm', module: ssm, client: 'SSMClient', exception: 'SSMServiceException' },
  '@aws-sdk/client-sns': { name: 'sns', module: sns, client: 'SNSClient', exception: 'SNSServiceException' },
  '@aws-sdk/client-secrets-manager': { name: 'secretsmanager', module: secretsManager, client: 'SecretsManagerClient', exception: 'SecretsManagerServiceException' },
};

interface Command { readonly input: object }
interface ClientConfig { readonly maxAttempts?: number; readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } }

/** A module of the SDK with its real commands and exceptions, whose client sends to the fake of AWS. Undefined for other modules. */
export function sdkModule(name: string, aws: FakeAws, traffic: Traffic, process: () => Process): object | undefined {
  const sdk = MODULES[name];
  if (!sdk) return undefined;
  const Client = class {
    public constructor(private readonly config: ClientConfig) {}

    public async send(command: Command): Promise<object> {
      const action = command.constructor.name.replace(/Command$/, '');
      const real = (sdk.module as Record<string, unknown>)[command.constructor.name];
      if (real !== command.constructor) throw new Error(`${action} is no command of ${name}`);
      const { credentials, maxAttempts } = this.config;
      return traffic.carry<object>({
        step: `${sdk.name}:${action}`,
        surface: 'aws',
        process: process(),
        once: maxAttempts === 1,
        effect: () => {
          try {
            const output = aws.answer(sdk.name, action, structuredClone(command.input), { credentials, role: process().role });
            return { $metadata: { httpStatusCode: 200, attempts: 1 }, ...output };
          } catch (error) {
            throw exception(sdk, error as Error);
          }
        },
        spoil: (fault) => { throw spoiled(sdk, action, fault); },
      });
    }

    public destroy(): void {}
  };
  return Object.create(sdk.module, { [sdk.client]: { value: Client, enumerable: true } });
}

/** The SDK's class for an error, or the service's common one where the API does not model it. */
function exception({ module, exception: common }: Sdk, error: Error, httpStatusCode = 400): Error {
  if (error.name === 'Error') return error; // a defect of the test
  const classes = module as Record<string, new (options: object) => Error>;
  const $fault = httpStatusCode >= 500 ? 'server' : 'client';
  const options = { name: error.name, message: error.message, $fault, $metadata: { httpStatusCode, attempts: 1 } };
  const own = classes[error.name];
  return own ? new own(options) : new classes[common]!(options);
}

/** After all attempts of the SDK. */
function spoiled(sdk: Sdk, action: string, fault: Fault): Error {
  const named = (name: string, message: string) => Object.assign(new Error(message), { name });
  switch (fault) {
    case 'throttle': return exception(sdk, named(sdk.name === 'ssm' || sdk.name === 'secretsmanager' ? 'ThrottlingException' : 'Throttling', 'Rate exceeded'));
    case 'server-error': return exception(sdk, named('InternalFailure', 'An error occurred on the server side.'), 500);
    case 'forbidden': return exception(sdk, accessDenied(sdk.name, action), 403);
    case 'malformed': return Object.assign(new SyntaxError('Unexpected token < in JSON at position 0'), { $metadata: { attempts: 1 } });
    case 'refuse': return Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', $metadata: { attempts: 3 } });
    default: return Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET', $metadata: { attempts: 3 } });
  }
}
