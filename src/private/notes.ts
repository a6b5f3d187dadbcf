import { readFileSync } from 'fs';
import { join } from 'path';
import { IConstruct } from 'constructs';

interface Note<T> {
  /** Version of the package that left the note. Two copies of the package may be in one app. */
  readonly version: string;
  readonly value: T;
}

/**
 * Notes that constructs of the library leave for each other, on a construct that all of them know: a stage, or a user. Notes have names, so
 * that two copies of the package in one app find each other's.
 */
export class Notes<T> {
  private readonly notes: Map<string, Note<T>>;

  public constructor(holder: IConstruct, name: string) {
    const key = Symbol.for(`cdk-qualys-connectors.${name}`);
    const holding = holder as unknown as Record<symbol, Map<string, Note<T>> | undefined>;
    if (!holding[key]) Object.defineProperty(holder, key, { value: new Map<string, Note<T>>() });
    this.notes = holding[key]!;
  }

  public get(key: string): T | undefined {
    return this.notes.get(key)?.value;
  }

  public set(key: string, value: T): void {
    this.notes.set(key, { version: packageVersion(), value });
  }

  /** Leaves a note without a key. */
  public add(value: T): void {
    this.set(String(this.size), value);
  }

  public get size(): number {
    return this.notes.size;
  }

  /** All notes, in the order in which they were left. */
  public values(): T[] {
    return [...this.notes.values()].map(({ value }) => value);
  }
}

let version: string | undefined;

function packageVersion(): string {
  return version ??= (JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { readonly version: string }).version;
}
