import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { referenceElsewhere, strayPartitions } from './world';
import { ConnectorService } from '../../../src/service/connector-service';
import { QualysCredentials } from '../../../src/service/qualys-credentials';
import { QualysPlatform } from '../../../src/service/qualys-platform';

export const BASE_ACCOUNT = '111122223333';

export function newStack(region?: string, app = new App(), id = 'Stack'): Stack {
  return new Stack(app, id, region === undefined ? {} : { env: { account: BASE_ACCOUNT, region } });
}

export function newService(stack: Stack, platform = QualysPlatform.US_2): ConnectorService {
  const id = 'ApiUser';
  const secret = stack.node.tryFindChild(id) as Secret | undefined ?? Secret.fromSecretNameV2(stack, id, 'qualys/api-user');
  return new ConnectorService({ platform, credentials: QualysCredentials.basic(secret) });
}

/** A logical ID without its hash. */
export function nameOf(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '');
}

/** Intrinsic functions as readable text: `arn:${AWS::Partition}:iam::...`, `${BaseUser.Arn}`, `${from Security: RefBaseUser}`. */
export function plain(value: any): any {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value) return `\${${nameOf(value.Ref)}}`;
  if ('Fn::GetAtt' in value) return `\${${nameOf(value['Fn::GetAtt'][0])}.${value['Fn::GetAtt'][1]}}`;
  if ('Fn::Join' in value) return value['Fn::Join'][1].map(plain).join(value['Fn::Join'][0]);
  const elsewhere = referenceElsewhere(value);
  if (elsewhere) return elsewhere;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** The template of a stack, its resources by their names without hash. */
export class Synth {
  public readonly template: Template;
  public readonly strayPartitions: () => string[];
  private readonly resources = new Map<string, any>();

  public constructor(stack: Stack) {
    this.template = Template.fromStack(stack);
    this.strayPartitions = () => strayPartitions(stack, this.template.toJSON());
    for (const [id, resource] of Object.entries(this.template.toJSON().Resources ?? {})) {
      if (this.resources.has(nameOf(id))) throw new Error(`two resources are called ${nameOf(id)}`);
      this.resources.set(nameOf(id), resource);
    }
  }

  public names(): string[] {
    return [...this.resources.keys()].sort();
  }

  public resource(name: string): any {
    const found = this.resources.get(name);
    if (!found) throw new Error(`no resource is called ${name}, only ${this.names().join(', ')}`);
    return found;
  }

  public properties(name: string): any {
    return plain(this.resource(name).Properties);
  }

  public statements(name: string): any[] {
    return this.properties(name).PolicyDocument.Statement;
  }

  /** Everything that CloudFormation makes before the resource, and deletes after it. */
  public needs(name: string): string[] {
    const found = new Set<string>();
    const visit = (current: string): void => {
      for (const other of this.direct(current)) {
        if (!found.has(other)) {
          found.add(other);
          visit(other);
        }
      }
    };
    visit(name);
    return [...found].sort();
  }

  private direct(name: string): string[] {
    const { Properties, DependsOn = [] } = this.resource(name);
    const mentioned = JSON.stringify(Properties ?? {}).matchAll(/"(?:Ref":|Fn::GetAtt":\[)"([^"]+)"/g);
    return [...[DependsOn].flat(), ...[...mentioned].map(([, id]) => id)].map(nameOf).filter((other) => this.resources.has(other));
  }
}
