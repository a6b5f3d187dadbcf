import { readFileSync } from 'fs';
import { join } from 'path';
import { Aws, FileAssetLocation, ISynthesisSession, Stack, StackSynthesizer } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** The most bytes that CloudFormation takes as the body of a template. */
const LARGEST = 51_200;

/** The stack that every account gets. Its template is the body of a stack set, and AWS CDK does not deploy it. */
export class MemberTemplate extends Stack {
  private readonly written: TemplateOnly;

  public constructor(scope: Construct, id: string) {
    const written = new TemplateOnly();
    // Account and region are those of each member, never those of the stage around it.
    super(scope, id, { synthesizer: written, analyticsReporting: false, env: { account: Aws.ACCOUNT_ID, region: Aws.REGION } });
    this.written = written;
    // With path metadata, a moved construct or another version of AWS CDK would update every account.
    this.node.setContext('aws:cdk:enable-path-metadata', false);
  }

  /** The template in one line. Undefined before it is written, when AWS CDK resolves it to find references. */
  public get body(): string | undefined {
    return this.written.body;
  }
}

/** Writes the template and nothing else: no bucket, no role, no artifact of its own. */
class TemplateOnly extends StackSynthesizer {
  public body?: string;

  public addFileAsset(): FileAssetLocation {
    throw refusal(this.boundStack);
  }

  public addDockerImageAsset(): never {
    throw refusal(this.boundStack);
  }

  public synthesize(session: ISynthesisSession): void {
    this.synthesizeTemplate(session);
    const file = join(session.assembly.outdir, this.boundStack.templateFile);
    const body = JSON.stringify(JSON.parse(readFileSync(file, 'utf8')));
    const size = Buffer.byteLength(body);
    if (size > LARGEST) {
      throw new Error(`the template of ${this.boundStack.node.path} must have at most ${LARGEST.toLocaleString('en-US')} bytes to be that of a StackSet, got ${size.toLocaleString('en-US')}: `
        + 'shorten the policies of the role');
    }
    this.body = body;
  }
}

function refusal(stack: Stack): Error {
  return new Error(`${stack.node.path} is the template of a StackSet and cannot have assets, because the accounts of the StackSet cannot read them: remove what needs a file or a function`);
}
