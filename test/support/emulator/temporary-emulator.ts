import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
