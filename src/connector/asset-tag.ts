import { Token } from 'aws-cdk-lib';
import { checkLine } from '../private/checks';
import { TagProperties } from '../wire/connector';

/**
 * A tag of the service (not of AWS) that a connector puts on the assets that it finds. The tag has to exist at the service.
 *
 * @example
 * const defaultTags = [AssetTag.id(7654321), AssetTag.named('Cloud Agents')];
 */
export class AssetTag {
  /**
   * The tag with this ID, as the service's API shows it.
   *
   * @param id a whole number above 0; throws for others and for tokens
   */
  public static id(id: number): AssetTag {
    if (Token.isUnresolved(id) || !Number.isSafeInteger(id) || id < 1) throw new Error(`id of AssetTag.id() must be a whole number above 0 that is known at synth, got ${Token.isUnresolved(id) ? 'a token' : id}`);

    return new AssetTag({ Id: String(id) });
  }

  /**
   * The tag with this name. The function looks it up before it sends it. The deployment fails when the service has no tag of the name, or
   * more than one.
   *
   * @param name 1 to 255 characters without line breaks and control characters; throws for others. Tokens pass.
   */
  public static named(name: string): AssetTag {
    checkLine('name of AssetTag.named()', name);
    return new AssetTag({ Name: name });
  }

  /** @internal */
  public readonly _properties: TagProperties;

  private constructor(properties: TagProperties) {
    this._properties = properties;
  }
}
