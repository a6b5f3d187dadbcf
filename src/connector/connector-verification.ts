import type { ConnectorProperties } from '../wire/connector';

/**
 * What a deployment does when the run of its connector ends in an error.
 *
 * @example
 * const verify = ConnectorVerification.warn();
 */
export class ConnectorVerification {
  /** The deployment runs the connector. It fails with the service's reason when the run ends in an error. */
  public static fail(): ConnectorVerification {
    return new ConnectorVerification('FAIL');
  }

  /**
   * The deployment runs the connector and goes on. The attribute `verificationResult` says how the run ended: make an output of it to see
   * it.
   *
   * @example
   * const connector = new Connector(this, 'Production', { service, role, name: 'Production', verify: ConnectorVerification.warn() });
   * new CfnOutput(this, 'ProductionVerified', { value: connector.verificationResult });
   */
  public static warn(): ConnectorVerification {
    return new ConnectorVerification('WARN');
  }

  /** The deployment does not run the connector. The service runs it on its schedule. */
  public static skip(): ConnectorVerification {
    return new ConnectorVerification('NONE');
  }

  /** @internal */
  public readonly _mode: ConnectorProperties['Verification'];

  private constructor(mode: ConnectorProperties['Verification']) {
    this._mode = mode;
  }
}
