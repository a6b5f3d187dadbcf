import { ServerResponse } from 'node:http';
import { CertificateAuthority, ServerCertificate } from '../certificates';
import { AccountType, QUALYS_ACCOUNT_IDS } from './account-type';
import { BaseAccountEntry, BaseAccounts } from './base-accounts';
import { SteadyCaller } from './callers/steady-caller';
import { CloudView } from './cloudview/cloudview';
import { Connector } from './connector';
import { Connectors } from './connectors';
import { Console } from './console';
import { Auth, Logins } from './http/auth';
import { Answer, Clock, Host, Incoming } from './http/exchange';
import { Fault, Faults } from './http/faults';
import { FrontDoor } from './http/front-door';
import { LimitOptions, Limits, limitStatus, withHeaders } from './http/limits';
import { Listeners } from './http/listeners';
import { Redaction } from './http/redaction';
import { LoggedRequest, RequestLog } from './http/request-log';
import { answerOf, send } from './http/sending';
import { baseAccountNoun } from './qps/base-account-operations';
import { connectorNoun } from './qps/connector-operations';
import { Qps } from './qps/qps';
import { tagNoun, Tags } from './qps/tags';
import { ConnectorRun, Runs, RunsOptions } from './runs';
import { ServiceError } from './service-error';

export interface StandInOptions extends Logins {
  /** Issues the servers' certificate. */
  readonly tls: CertificateAuthority;
  /** Another certificate than the right one, e.g. an expired one. */
  readonly certificate?: ServerCertificate;
  /** Whether base accounts can be written through the API; false unless given, as documented. */
  readonly writeApi?: boolean;
  /** Where AWS is, for runs of connectors. */
  readonly awsEndpoint?: string;
  /** AWS in this process, instead: why it does not let a run in, if it does not. */
  readonly assumeRole?: RunsOptions['assumeRole'];
  readonly qualysAccountIds?: Partial<Record<AccountType, string>>;
  readonly limits?: LimitOptions;
  /** The system's unless given. */
  readonly clock?: Clock;
}

/** What comes of a request; without an answer nothing is sent. */
export interface Taken {
  readonly answer?: Answer;
  readonly fault?: Fault;
}

/**
 * Stands in for the Qualys connector service, as strictly as its documents allow: three HTTPS hosts, one subscription.
 * What the documents leave open is marked "inferred" where it is coded.
 */
export class ConnectorServiceStandIn {
  public static async start(options: StandInOptions): Promise<ConnectorServiceStandIn> {
    const certificate = options.certificate ?? await options.tls.issue({ names: ['localhost', '127.0.0.1'] });
    const standIn = new ConnectorServiceStandIn(options);
    standIn.#listeners = await Listeners.start(certificate, async (incoming, response) => standIn.#handle(incoming, response));
    return standIn;
  }

  /** Without servers and TLS, for callers in this process: they hand their requests to `answer`. */
  public static inProcess(options: Omit<StandInOptions, 'tls' | 'certificate'>): ConnectorServiceStandIn {
    return new ConnectorServiceStandIn(options);
  }

  /** Can be switched while running. */
  public writeApi: boolean;
  /** Without a licence every call is refused with 403. Can be switched while running. */
  public licensed = true;
  public readonly console: Console;
  public readonly faults = new Faults();
  readonly #tls?: CertificateAuthority;
  readonly #accounts: BaseAccounts;
  readonly #connectors = new Connectors();
  readonly #tags = new Tags();
  readonly #runs: Runs;
  readonly #auth: Auth;
  readonly #limits: Limits;
  readonly #frontDoor: FrontDoor;
  readonly #log: RequestLog;
  #listeners!: Listeners;

  private constructor(options: Partial<Pick<StandInOptions, 'tls'>> & Omit<StandInOptions, 'tls'>) {
    const { tls, writeApi = false, awsEndpoint, assumeRole, limits = {}, clock = Date } = options;
    const qualysAccountIds = { ...QUALYS_ACCOUNT_IDS, ...options.qualysAccountIds };
    const redaction = new Redaction();
    this.writeApi = writeApi;
    this.#tls = tls;
    this.#log = new RequestLog(redaction);
    this.#auth = new Auth(options, clock, redaction);
    this.#limits = new Limits(limits, clock);
    this.#accounts = new BaseAccounts(qualysAccountIds, redaction);
    this.#runs = new Runs({ accounts: this.#accounts, qualysAccountIds, awsEndpoint, assumeRole, clock });
    this.console = new Console(this.#accounts, this.#connectors, this.#runs, this.#tags);
    this.#frontDoor = new FrontDoor({
      auth: this.#auth,
      limits: this.#limits,
      qps: new Qps({
        awsbaseaccount: baseAccountNoun(this.#accounts, () => this.writeApi),
        awsassetdataconnector: connectorNoun(this.#connectors, this.#accounts, this.#runs),
      }, { tag: tagNoun(this.#tags) }),
      cloudView: new CloudView(this.#connectors, this.#accounts, this.#runs, clock),
      licensed: () => this.licensed,
    });
  }

  /** `https://localhost:<port>`; Basic or (inferred) a token, `/qps` only. */
  public get apiServer(): string {
    return this.#listeners.url('apiServer');
  }

  /** Gives tokens and takes only them; `/cloudview-api`. */
  public get gateway(): string {
    return this.#listeners.url('gateway');
  }

  /** Basic only; `/cloudview-api`. */
  public get platformUrl(): string {
    return this.#listeners.url('platformUrl');
  }

  /** PEM of the authority that a client has to trust. */
  public get ca(): string {
    return this.#authority.ca;
  }

  /** Path of the authority's certificate; the authority has to be made with a folder. */
  public get caFile(): string {
    return this.#authority.caFile;
  }

  /** Answers one request, in this process; scripted faults do not hold here. */
  public answer(incoming: Incoming): Answer {
    const complete = this.#log.open(incoming);
    const answer = this.#frontDoor.answer(incoming);
    complete(answer);
    return answer;
  }

  /**
   * One request with the fault that was scripted for it: what there is to send, and how whoever sends it spoils it.
   *
   * @param leave ends the call for the service's limits: a client that has read its answer may call again at once
   */
  public take(incoming: Incoming, leave = this.#limits.enter(incoming.host)): Taken {
    const fault = this.faults.take(incoming);
    if (fault === undefined) {
      const answer = this.answer(incoming);
      leave();
      return { answer };
    }
    const complete = this.#log.open(incoming, fault.kind);
    if (fault.kind === 'hang' || fault.kind === 'drop') return { fault };
    const answer = answerOf(fault) ?? (fault.kind === 'limit' ? this.#limited(incoming, fault) : this.#frontDoor.answer(incoming));
    complete(answer);
    return { answer, fault };
  }

  /** A call that another program of the subscription makes, which counts as one of ours does. Answers whether it was refused. */
  public otherCall(host: Host = 'apiServer'): boolean {
    return this.#limits.take(host).refused;
  }

  /** The base accounts, without their secrets. */
  public baseAccounts(): BaseAccountEntry[] {
    return this.#accounts.list();
  }

  /** The connectors, also deleted ones. */
  public connectors(): Connector[] {
    return structuredClone([...this.#connectors.all()]);
  }

  /** What came of the connectors' runs, oldest first. */
  public runs(): ConnectorRun[] {
    return this.#runs.list();
  }

  /** Starts to assume the roles of these connectors over and over, with the key that the service has at each moment. */
  public steadyCaller(connectorIds: readonly number[], { concurrency = 2 }: { readonly concurrency?: number } = {}): SteadyCaller {
    return this.#runs.steadily(connectorIds.map((id) => this.#connectors.existing(id)), concurrency);
  }

  /** Settles when no connector is running. */
  public async settled(): Promise<void> {
    await this.#runs.settled();
  }

  /** Every request since the start or the last `clearRequests`, without secrets. */
  public requests(): LoggedRequest[] {
    return this.#log.list();
  }

  public clearRequests(): void {
    this.#log.clear();
  }

  /** Every token is void at once, before its time. */
  public revokeTokens(): void {
    this.#auth.revokeTokens();
  }

  public async stop(): Promise<void> {
    await this.#listeners.stop();
    await this.#runs.settled();
  }

  get #authority(): CertificateAuthority {
    if (!this.#tls) throw new Error('this stand-in runs without servers');
    return this.#tls;
  }

  async #handle(incoming: Incoming, response: ServerResponse): Promise<void> {
    const leave = this.#limits.enter(incoming.host);
    const { answer, fault } = this.take(incoming, leave);
    response.once('close', leave);
    if (fault?.kind === 'drop') response.destroy();
    if (answer) await send(response, answer, fault);
  }

  #limited(incoming: Incoming, wait: { readonly toWaitSeconds?: number; readonly retryAfterSeconds?: number }) {
    const refusal = this.#frontDoor.refuse(incoming, new ServiceError('LIMIT_EXCEEDED', 'too many calls'), limitStatus(incoming.host));
    return withHeaders(refusal, {
      ...(wait.toWaitSeconds !== undefined && { 'x-ratelimit-towait-sec': String(wait.toWaitSeconds) }),
      ...(wait.retryAfterSeconds !== undefined && { 'retry-after': String(wait.retryAfterSeconds) }),
    });
  }
}
