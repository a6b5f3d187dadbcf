import { once } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Host, Incoming } from './exchange';
import { ServerCertificate } from '../../certificates';

export type Handler = (incoming: Incoming, response: ServerResponse) => Promise<void>;

const HOSTS: readonly Host[] = ['apiServer', 'gateway', 'platformUrl'];

/** Three HTTPS servers on the loopback interface, each on a free port. */
export class Listeners {
  public static async start(certificate: ServerCertificate, handler: Handler): Promise<Listeners> {
    const servers = HOSTS.map((host) => createServer({ ...certificate }, (request, response) => void serve(host, request, response, handler)));
    const listening = servers.map(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    });
    await Promise.all(listening);
    return new Listeners(servers);
  }

  private constructor(private readonly servers: readonly Server[]) {}

  public url(host: Host): string {
    const { port } = this.servers[HOSTS.indexOf(host)].address() as AddressInfo;
    return `https://localhost:${port}`;
  }

  /** Also ends the connections that hang. */
  public async stop(): Promise<void> {
    await Promise.all(this.servers.map(async (server) => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    }));
  }
}

async function serve(host: Host, request: IncomingMessage, response: ServerResponse, handler: Handler): Promise<void> {
  try {
    const { pathname, searchParams } = new URL(`https://localhost${request.url ?? '/'}`);
    const body = (await buffer(request)).toString('utf8');
    await handler({ host, method: request.method ?? '', path: pathname, query: searchParams, headers: request.headers, body }, response);
  } catch {
    // The client went away, or a defect of the stand-in: either way the client gets no answer.
    response.destroy();
  }
}
