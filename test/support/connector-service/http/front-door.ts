import { Auth } from './auth';
import { Answer, Incoming, textAnswer } from './exchange';
import { Limits, limitStatus, withHeaders } from './limits';
import { CloudView } from '../cloudview/cloudview';
import { failure } from '../qps/envelope';
import { Qps } from '../qps/qps';
import { ServiceError } from '../service-error';

export interface FrontDoorParts {
  readonly auth: Auth;
  readonly limits: Limits;
  readonly qps: Qps;
  readonly cloudView: CloudView;
  /** Whether the subscription has the Connectors application. */
  readonly licensed: () => boolean;
}

/** Which host answers which paths, and whom it lets in. */
export class FrontDoor {
  public constructor(private readonly parts: FrontDoorParts) {}

  public answer(incoming: Incoming): Answer {
    const { host, path } = incoming;
    if (host === 'gateway' && (path === '/auth' || path === '/auth/oidc')) return this.#signIn(incoming);
    if (path.startsWith('/qps/rest/') && host === 'apiServer') return this.#admit(incoming, () => this.parts.qps.answer(incoming));
    if (path.startsWith('/cloudview-api/') && host !== 'apiServer') return this.#admit(incoming, () => this.parts.cloudView.answer(incoming));
    return textAnswer(404, 'Not Found');
  }

  /** A refusal in the form of the API that was called. */
  public refuse(incoming: Incoming, error: ServiceError, status?: number): Answer {
    return incoming.path.startsWith('/qps/') ? failure(incoming, error, status) : this.parts.cloudView.failure(error, status);
  }

  #admit(incoming: Incoming, answer: () => Answer): Answer {
    if (!this.parts.auth.accepts(incoming)) {
      return this.refuse(incoming, new ServiceError('INVALID_CREDENTIALS',
        'the credentials are wrong or of a kind that this host does not take'));
    }
    if (!this.parts.licensed()) return this.refuse(incoming, new ServiceError('FORBIDDEN', 'the Connectors application is not licensed'));
    const { headers, refused } = this.parts.limits.take(incoming.host);
    if (refused) return withHeaders(this.refuse(incoming, new ServiceError('LIMIT_EXCEEDED', 'too many calls'), limitStatus(incoming.host)), headers);
    if (!incoming.headers['x-requested-with']) {
      return this.refuse(incoming, new ServiceError('INVALID_REQUEST',
        'the header X-Requested-With is missing'));
    }
    return withHeaders(answer(), headers);
  }

  /** The token is the raw body. The limits do not count here. */
  #signIn({ path, method, headers, body }: Incoming): Answer {
    if (method !== 'POST') return textAnswer(405, 'Method Not Allowed');
    if (!headers['x-requested-with']) return textAnswer(400, 'the header X-Requested-With is missing');
    if (path === '/auth/oidc') {
      if (body !== '') return textAnswer(400, 'the body has to be empty');
      return tokenAnswer(this.parts.auth.tokenForClient(headers));
    }
    if (headers['content-type']?.split(';')[0] !== 'application/x-www-form-urlencoded') return textAnswer(415, 'the body has to be a form');
    const form = new URLSearchParams(body);
    if (form.get('token') !== 'true') return textAnswer(400, 'token=true is missing');
    return tokenAnswer(this.parts.auth.tokenForPassword(form));
  }
}

function tokenAnswer(token: string | undefined): Answer {
  return token === undefined ? textAnswer(401, 'Unauthorized') : textAnswer(201, token);
}
