import { randomUUID } from 'node:crypto';
import { Connector, ConnectorSettings } from './connector';
import { ServiceError } from './service-error';

/** Not consecutive, so that nobody counts on it. */
const FIRST_ID = 73_001;
const STEP = 3;

/** The connectors of the subscription. Two of the same role are not refused: whoever creates blindly gets both. */
export class Connectors {
  readonly #connectors: Connector[] = [];

  public create(settings: ConnectorSettings): Connector {
    const connector: Connector = {
      id: FIRST_ID + this.#connectors.length * STEP,
      cloudviewUuid: randomUUID(),
      settings,
      state: settings.disabled ? 'DISABLED' : 'PENDING',
      isDeleted: false,
      isAttachedToOrgConnector: false,
    };
    this.#connectors.push(connector);
    return connector;
  }

  /** Also the deleted ones, which the service's reads mark with `isDeleted`. Ascending IDs. */
  public all(): readonly Connector[] {
    return this.#connectors;
  }

  public live(): Connector[] {
    return this.#connectors.filter(({ isDeleted }) => !isDeleted);
  }

  /** A connector that is not deleted, by its ID or its CloudView UUID. */
  public existing(id: number | string | undefined): Connector {
    const connector = this.live().find((candidate) => candidate.id === id || candidate.cloudviewUuid === id);
    if (!connector) throw new ServiceError('OBJECT_NOT_FOUND', 'there is no such connector');
    return connector;
  }

  public update(connector: Connector, changes: ConnectorSettings): void {
    connector.settings = { ...connector.settings, ...changes };
    if (connector.settings.disabled) connector.state = 'DISABLED';
    else if (connector.state === 'DISABLED') connector.state = 'PENDING';
  }

  public delete(connector: Connector): void {
    connector.isDeleted = true;
  }
}
