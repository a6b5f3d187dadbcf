import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface AssumeRoleCall {
  readonly accessKeyId: string;
  readonly roleArn: string;
  readonly externalId: string | null;
}

/** Undefined to allow, or the error that AWS answers with. */
export type Decision = (call: AssumeRoleCall) => Promise<{ readonly code: string; readonly message: string } | undefined>;

/** Answers `sts:AssumeRole` in AWS's query protocol. It checks no signature. */
export class StsStub {
  public static async start(decide: Decision): Promise<StsStub> {
    const calls: AssumeRoleCall[] = [];
    const server = createServer((request, response) => void (async () => {
      const form = new URLSearchParams(await text(request));
      const call = {
        accessKeyId: /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '',
        roleArn: form.get('RoleArn') ?? '',
        externalId: form.get('ExternalId'),
      };
      calls.push(call);
      const refusal = await decide(call);
      response.writeHead(refusal ? 403 : 200, { 'content-type': 'text/xml' });
      response.end(refusal ? errorXml(refusal.code, refusal.message) : SESSION_XML);
    })().catch(() => response.destroy()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new StsStub(server, calls);
  }

  private constructor(private readonly server: Server, public readonly calls: readonly AssumeRoleCall[]) {}

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
const SESSION_XML = `<AssumeRoleResponse xmlns="${NAMESPACE}"><AssumeRoleResult><Credentials><AccessKeyId>ASIASESSION000000000</AccessKeyId>`
  + '<SecretAccessKey>session</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>'
  + '</AssumeRoleResult></AssumeRoleResponse>';

function errorXml(code: string, message: string): string {
  return `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
}
