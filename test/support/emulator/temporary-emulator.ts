import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clients } from './clients';
import { Emulator, EmulatorOptions } from './emulator';

/** Milliseconds that a first start may take: it installs the emulator. */
export const FIRST_START = 300_000;

export interface TemporaryEmulator {
  readonly emulator: Emulator;
  readonly folder: string;
  remove(): Promise<void>;
}

/** An emulator in a temporary folder of its own; `remove()` stops the one and removes the other. */
export async function startTemporaryEmulator(options: Omit<EmulatorOptions, 'folder'> = {}): Promise<TemporaryEmulator> {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-'));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  try {
    const emulator = await Emulator.start({ ...options, folder });
    return { emulator, folder, remove: () => emulator.stop().finally(clear) };
  } catch (error) {
    clear();
    throw error;
  }
}

/** An emulator that all tests of a file share. */
export interface FileEmulator {
  readonly emulator: Emulator;
  readonly folder: string;
  /** The root user of the account. */
  readonly root: Clients;
}

/** Starts an emulator for the tests of this file, empties it before each, and removes it at the end. It is there from the first `beforeAll` on. */
export function emulatorOfFile(account = '111111111111'): FileEmulator {
  let temporary: TemporaryEmulator;
  let root: Clients;
  beforeAll(async () => {
    temporary = await startTemporaryEmulator();
    root = new Clients(temporary.emulator, account);
  }, FIRST_START);
  beforeEach(() => temporary.emulator.reset());
  afterAll(() => temporary.remove());
  return {
    get emulator() { return temporary.emulator; },
    get folder() { return temporary.folder; },
    get root() { return root; },
  };
}
