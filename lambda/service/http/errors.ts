import { DeployError } from '../../runtime/errors';

/** The service answered, but not with success. Decide by `status` and `code`, never by the text. */
export class ServiceAnswer extends DeployError {
  public override readonly name: string = 'ServiceAnswer';
  public readonly operation: string;
  /** HTTP status. */
  public readonly status: number;
  /** The vendor's code, e.g. `OBJECT_NOT_FOUND`. */
  public readonly code?: string;
  /** Milliseconds that the service asks to wait. */
  public readonly wait?: number;

  public constructor(public readonly details: ServiceAnswerDetails) {
    super(answerMessage(details));
    this.operation = details.operation;
    this.status = details.status;
    this.code = details.code;
    this.wait = details.wait;
  }

  /** Returns this answer without the vendor's words. */
  public withoutWords(): ServiceAnswer {
    return new ServiceAnswer({ ...this.details, vendorMessage: undefined, withheld: { isBadToken: this.isBadToken } });
  }

  /** Whether the service refused the token: with 401 or, as was seen once, with 500 and words about it. */
  public get isBadToken(): boolean {
    return this.details.withheld?.isBadToken ?? (this.status === 401 || (this.status === 500 && /\bJWT\b/.test(this.details.vendorMessage ?? '')));
  }

  /** Whether the service refused for too many calls, in total or at once. Nothing has been done. */
  public get isLimit(): boolean {
    return this.status === 409 || this.status === 429 || this.code === 'LIMIT_EXCEEDED';
  }
}

export interface ServiceAnswerDetails {
  readonly operation: string;
  readonly status: number;
  readonly code?: string;
  /** The vendor's words: redacted, one line, bounded. */
  readonly vendorMessage?: string;
  readonly wait?: number;
  /** Present when the words are withheld. */
  readonly withheld?: { readonly isBadToken: boolean };
  /** The advice instead of the default one for this status. */
  readonly advice?: string;
}

export type Unusable =
  | 'unreachable' | 'timeout' | 'tls' | 'redirect' | 'truncated' | 'too-large' | 'not-json' | 'not-understood';

/** There is no answer, or none that can be understood. Nobody knows whether the request took effect. */
export class NoUsableAnswer extends DeployError {
  public override readonly name = 'NoUsableAnswer';
  /** For the log: the reason as a word. */
  public readonly code: string;

  public constructor(
    public readonly operation: string,
    public readonly reason: Unusable,
    /** A code of Node, or which field was not understood; never what was received. */
    public readonly detail?: string,
  ) {
    super(`the connector service gave no usable answer to '${operation}': ${EXPLANATIONS[reason]}${detail === undefined ? '' : ` (${detail})`}. ${CHECKS[reason]}`);
    this.code = reason.toUpperCase().replaceAll('-', '_');
  }
}

/** Whether a request that failed like this may still have taken effect. */
export function mayHaveArrived(error: unknown): boolean {
  return !(error instanceof DeployError) || error instanceof NoUsableAnswer || (error instanceof ServiceAnswer && error.status >= 500);
}

const EXPLANATIONS: Readonly<Record<Unusable, string>> = {
  'unreachable': 'no connection, or it was lost',
  'timeout': 'no answer in time',
  'tls': 'its TLS certificate cannot be trusted',
  'redirect': 'it redirected the request, which is not followed, so that credentials go to no other host',
  'truncated': 'the answer ended early',
  'too-large': 'the answer is larger than any that this library asks for',
  'not-json': 'the answer is no JSON',
  'not-understood': 'the answer does not have the documented form',
};

const NETWORK = 'Check the platform, and that the function can reach it: with a VPC, its subnets, security groups and NAT';
const HOST = 'Check the platform: this host may not be the API of the connector service';

const CHECKS: Readonly<Record<Unusable, string>> = {
  'unreachable': NETWORK,
  'timeout': NETWORK,
  'tls': 'Check the platform, and that no proxy stands between. Verification cannot be turned off',
  'redirect': HOST,
  'truncated': 'Try again later',
  'too-large': HOST,
  'not-json': HOST,
  'not-understood': 'The service may have changed; look for a newer version of this library',
};

function answerMessage({ operation, status, code, vendorMessage, withheld, advice }: ServiceAnswerDetails): string {
  const answered = [`HTTP ${status}`, ...(code === undefined ? [] : [code])].join(', ');
  const words = withheld ? ' (its words are not shown, since they may quote the secret that was sent)' : vendorMessage ? `: ${vendorMessage}` : '';
  const check = advice ?? checkFor(status, code);
  return `the connector service answered '${operation}' with ${answered}${words}${check === undefined ? '' : `. ${check}`}`;
}

function checkFor(status: number, code: string | undefined): string | undefined {
  if (status === 401 || code === 'INVALID_CREDENTIALS' || code === 'UNAUTHORIZED') {
    return 'Check the credentials in their secret, '
      + 'that the user may call the API, and that its EULA is accepted';
  }
  if (status === 403 || code === 'FORBIDDEN' || code === 'NOT_AUTHORIZED' || code === 'INSUFFICIENT_PERMISSION') {
    return 'Check that the user is a Manager with full scope, '
      + 'that Connectors is licensed, and that the address of the function is allowed';
  }
  return status >= 500 ? 'Try again later' : undefined;
}
