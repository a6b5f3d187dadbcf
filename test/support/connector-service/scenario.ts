import { CertificateAuthority } from '../certificates';
import { basic, Caller, HEADERS, Reply } from './callers/caller';
import { ConnectorServiceStandIn, StandInOptions } from './stand-in';

export const LOGINS = { username: 'connector-api', password: 'Api pass & word/1', clientId: 'client-1', clientSecret: 'client+secret/2' };

export const KEY = { accessKeyId: 'AKIAEXAMPLE000000001', secretAccessKey: 'example/secret+key=0001' };

let authority: Promise<CertificateAuthority> | undefined;

/** A stand-in that runs, with a caller that may use it. */
export class Scenario {
  public static async start(options: Partial<StandInOptions> = {}): Promise<Scenario> {
    authority ??= CertificateAuthority.create();
    return new Scenario(await ConnectorServiceStandIn.start({ ...LOGINS, tls: await authority, ...options }));
  }

  /** Calls with Basic. */
  public readonly caller: Caller;

  private constructor(public readonly service: ConnectorServiceStandIn) {
    this.caller = new Caller(service, basic(LOGINS.username, LOGINS.password));
  }

  public async qps(verb: string, path: string, serviceRequest?: object): Promise<Reply> {
    const body = serviceRequest && { ServiceRequest: serviceRequest };
    return this.caller.call(`${this.service.apiServer}/qps/rest/3.0/${verb}/am/${path}`, { method: verb === 'get' ? 'GET' : 'POST', body });
  }

  public async token(): Promise<string> {
    const body = new URLSearchParams({ username: LOGINS.username, password: LOGINS.password, token: 'true' }).toString();
    const headers = { ...HEADERS, 'content-type': 'application/x-www-form-urlencoded' };
    return (await this.caller.call(`${this.service.gateway}/auth`, { headers, body })).text;
  }

  public async stop(): Promise<void> {
    await this.caller.stop();
    await this.service.stop();
  }
}
