import type { ConnectorProperties } from '../wire/connector';

/**
 * What becomes of a deployment whose connector cannot be run.
 *
 * @example
 * const verify = ConnectorVerification.warn();
 */
export class ConnectorVerification {
  /** The connector is run, and the deployment fails with the service's reason when that ends in an error. */
  public static fail(): ConnectorVerification {
    return new ConnectorVerification('FAIL');
  }

  /**
   * The connector is run, and the attribute `verificationResult` says how that ended: make an output of it to see it. The deployment goes
   * on.
   *
   * @example
   * const connector = new Connector(this, 'Production', { service, role, name: 'Production', verify: ConnectorVerification.warn() });
   * new CfnOutput(this, 'ProductionVerified', { value: connector.verificationResult });
   */
  public static warn(): ConnectorVerification {
    return new ConnectorVerification('WARN');
  }

  /** The connector is not run: the service does that when its time has come. */
  public static skip(): ConnectorVerification {
    return new ConnectorVerification('NONE');
  }

  /** @internal */
  public readonly _mode: ConnectorProperties['Verification'];

  private constructor(mode: ConnectorProperties['Verification']) {
    this._mode = mode;
  }
}
