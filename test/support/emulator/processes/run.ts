import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { signalGroup } from './process-group';

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Takes both outputs as they come. */
  readonly logFile?: string;
  readonly onLine?: (line: string) => void;
  /** Milliseconds until the command and all it started are ended. */
  readonly deadline: number;
}

export interface RunResult {
  /** Null when the command was ended by a signal. */
  readonly exitCode: number | null;
  /** Standard output and standard error, in the order in which they came. */
  readonly output: string;
}

const LAST_LINES = 15;

/** Runs a command to its end. It gets no input. Throws when there is no such command, and when it does not end in time. */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const child = spawn(command, args, { cwd: options.cwd, env: options.env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const merged = new PassThrough();
  const lines: string[] = [];
  const reader = createInterface({ input: merged });
  reader.on('line', (line) => {
    lines.push(line);
    options.onLine?.(line);
  });
  const read = new Promise<void>((resolve) => reader.once('close', resolve));
  const log = options.logFile === undefined ? undefined : createWriteStream(options.logFile, { flags: 'a' });
  if (log) merged.pipe(log);
  for (const stream of [child.stdout, child.stderr]) stream.pipe(merged, { end: false });

  const end = () => signalGroup(child, 'SIGKILL');
  // A group of its own does not hear of Ctrl-C.
  process.once('exit', end);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    end();
  }, options.deadline);
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    merged.end();
    await read;
    if (log) await finished(log);
    if (late) {
      const said = lines.length === 0 ? 'it had said nothing' : `its last words:\n${lines.slice(-LAST_LINES).join('\n')}`;
      throw new Error(`${[basename(command), ...args.slice(0, 2)].join(' ')} was ended, as it took longer than ${options.deadline / 1000} s; ${said}`);
    }
    return { exitCode, output: lines.join('\n') };
  } finally {
    clearTimeout(timer);
    process.removeListener('exit', end);
  }
}
