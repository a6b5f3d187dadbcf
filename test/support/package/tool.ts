import { run } from '../emulator/processes/run';

const DEADLINE = 600_000;

/** Runs a tool of a language in a folder; its output, or an error with the end of it. */
export async function tool(cwd: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { exitCode, output } = await run(command, args, { cwd, env: { ...process.env, JSII_SILENCE_SUPPORT_WARNING: '1', ...env }, deadline: DEADLINE })
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new Error(`there is no '${command}' on PATH: install it`);
    });
  if (exitCode !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${exitCode}:\n${output.split('\n').slice(-40).join('\n')}`);
  return output;
}
