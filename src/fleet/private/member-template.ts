import { readFileSync } from 'fs';
import { join } from 'path';
import { Aws, FileAssetLocation, ISynthesisSession, Stack, StackSynthesizer } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Bytes that CloudFormation takes as the body of a template. */
const LARGEST = 51_200;

/** The stack of every account: its template is the body of a stack set, and nothing of it is deployed from here. */
export class MemberTemplate extends Stack {
  private readonly written: TemplateOnly;

  public constructor(scope: Construct, id: string) {
    const written = new TemplateOnly();
    // The account and region of each member, never those of the stage around it.
    super(scope, id, { synthesizer: written, analyticsReporting: false, env: { account: Aws.ACCOUNT_ID, region: Aws.REGION } });
    this.written = written;
    // With it a moved construct, or another version of AWS CDK, would be an update of every account.
    this.node.setContext('aws:cdk:enable-path-metadata', false);
  }

  /** The template as one line. Undefined until it is written: AWS CDK asks for it before that, to find references. */
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
        + 'put less into it');
    }
    this.body = body;
  }
}

function refusal(stack: Stack): Error {
  return new Error(`${stack.node.path} is the template of a StackSet and cannot have assets, as the accounts that it goes to cannot read them: take what needs a file, or a function, out of it`);
}
