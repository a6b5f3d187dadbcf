import { oneOf } from '../private/checks';
import type { ActivationModuleName } from '../wire/connector';

/**
 * A module that the service activates for the assets that a connector finds.
 *
 * It is `ActivationModule` of the Connectors API 3.0. Each uses licenses of your subscription. `PC` and `SCA` exclude each other.
 *
 * @example
 * const activationModules = [ActivationModule.VM, ActivationModule.PC];
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

  /** Cloud Security Assessment. */
  public static readonly CSA = new ActivationModule('CSA');

  /**
   * Finds a module by its name, for example from a configuration file.
   *
   * @param name `VM`, `PC`, `SCA`, `CERTVIEW`, `CLOUDVIEW` or `CSA`; throws for others and for tokens
   */
  public static of(name: string): ActivationModule {
    return oneOf('activation module', name, ActivationModule._all());
  }

  /**
   * All modules, in the order in which the library sends them.
   *
   * @internal
   */
  public static _all(): ActivationModule[] {
    const { VM, PC, SCA, CERTVIEW, CLOUDVIEW, CSA } = ActivationModule;
    return [VM, PC, SCA, CERTVIEW, CLOUDVIEW, CSA];
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
