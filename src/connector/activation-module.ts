import { oneOf } from '../private/checks';
import type { ActivationModuleName } from '../wire/connector';

/**
 * A module that the service activates for the assets that a connector finds (`ActivationModule` of the Connectors API 3.0).
 * Each takes licenses of your subscription.
 *
 * @example
 * const activation = [ActivationModule.VM, ActivationModule.PC];
 */
export class ActivationModule {
  /** Vulnerability Management. */
  public static readonly VM = new ActivationModule('VM');

  /** Policy Compliance. */
  public static readonly PC = new ActivationModule('PC');

  /** Security Configuration Assessment. */
  public static readonly SCA = new ActivationModule('SCA');

  /** CertView. */
  public static readonly CERTVIEW = new ActivationModule('CERTVIEW');

  /** CloudView. */
  public static readonly CLOUDVIEW = new ActivationModule('CLOUDVIEW');

  /**
   * The module of this name, for lists that come from elsewhere.
   *
   * @param name `VM`, `PC`, `SCA`, `CERTVIEW` or `CLOUDVIEW`; throws for others
   */
  public static of(name: string): ActivationModule {
    return oneOf('activation module', name, ActivationModule._all());
  }

  /**
   * In the order in which they are sent.
   *
   * @internal
   */
  public static _all(): ActivationModule[] {
    return [ActivationModule.VM, ActivationModule.PC, ActivationModule.SCA, ActivationModule.CERTVIEW, ActivationModule.CLOUDVIEW];
  }

  /** @internal */
  public readonly _name: ActivationModuleName;

  private constructor(name: ActivationModuleName) {
    this._name = name;
  }

  /** The service's name, e.g. `VM`. */
  public get name(): string {
    return this._name;
  }
}
