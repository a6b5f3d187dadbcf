import { awsError } from './account';

/** Limit of a standard parameter, in bytes. */
const MAXIMUM_VALUE = 4096;

/** Parameters by name. Whoever writes one raises its version; one that is made anew begins again. */
export class Parameters extends Map<string, string> {
  private readonly versions = new Map<string, string[]>();

  public override set(name: string, value: string): this {
    this.versions?.set(name, [...this.versions.get(name) ?? [], value]);
    return super.set(name, value);
  }

  public override delete(name: string): boolean {
    this.versions.delete(name);
    return super.delete(name);
  }

  public override clear(): void {
    this.versions.clear();
    super.clear();
  }

  public version(name: string): number {
    return this.versions?.get(name)?.length ?? 0;
  }

  /** What stood there, as of the version behind the name; without one, what stands there. */
  public at(selector: string): string | undefined {
    const [, name = selector, version] = /^(.*):(\d+)$/.exec(selector) ?? [];
    return version === undefined ? this.get(name) : this.versions.get(name)?.[Number(version) - 1];
  }
}

/** `PutParameter` of Parameter Store. */
export function putParameter(parameters: Map<string, string>, name: string, value: string, overwrite: boolean): void {
  if (Buffer.byteLength(value) > MAXIMUM_VALUE) {
    throw awsError('ValidationException',
      `Standard tier parameters support a maximum parameter value of ${MAXIMUM_VALUE} characters.`);
  }
  if (value.includes('{{')) throw awsError('ValidationException', 'Parameter value can\'t nest another parameter.');
  if (parameters.has(name) && !overwrite) {
    throw awsError('ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.');
  }
  parameters.set(name, value);
}

export function getParameter(parameters: Parameters, name: string): string {
  const value = parameters.at(name);
  if (value === undefined) throw awsError(parameters.has(name.replace(/:\d+$/, '')) ? 'ParameterVersionNotFound' : 'ParameterNotFound', `Parameter ${name} not found.`);
  return value;
}

export function deleteParameter(parameters: Parameters, name: string): void {
  getParameter(parameters, name);
  parameters.delete(name);
}
