import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { Clients } from '../../support/emulator/clients';
import { Emulator } from '../../support/emulator/emulator';
import { ensureVenv } from '../../support/emulator/install/venv';
import { waitUntil } from '../../support/emulator/processes/wait-until';
import { REPOSITORY } from '../../support/emulator/repository';
import { inlineFunction } from '../../support/emulator/resources/inline-function';
import { FIRST_START } from '../../support/emulator/temporary-emulator';

const EMULATOR = join(REPOSITORY, 'test', 'support', 'emulator');
let folder: string;
beforeAll(() => ensureVenv(), FIRST_START);
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'emulator-process-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lives = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const traces = () => readdirSync(tmpdir()).filter((name) => name.startsWith('ministack'));

test('stop() leaves no process, of the functions neither, and no file outside the folder', async () => {
  const before = traces();
  const emulator = await Emulator.start({ folder });
  const root = new Clients(emulator, '111111111111');
  const code = 'exports.handler = async () => { setInterval(() => {}, 1000); return process.pid; };';
  await root.stacks.create('stack', { Resources: inlineFunction('worker', { code }) });
  const { Payload } = await root.lambda.send(new InvokeCommand({ FunctionName: 'worker' }));
  const worker = Number(Buffer.from(Payload!).toString('utf8'));
  expect([lives(emulator.pid), lives(worker)]).toEqual([true, true]);
  await emulator.stop();
  expect([lives(emulator.pid), lives(worker)]).toEqual([false, false]);
  expect(traces()).toEqual(before);
  expect(existsSync(join(EMULATOR, 'plugin', '__pycache__'))).toBe(false);
});

test('the emulator ends when the process that started it is killed', async () => {
  const program = `require(${JSON.stringify(join(EMULATOR, 'emulator.ts'))}).Emulator.start({ folder: ${JSON.stringify(folder)} }).then((e) => console.log(e.pid))`;
  const starter = spawn(process.execPath, ['--import', 'tsx', '-e', program], { cwd: REPOSITORY, stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = Number(await new Promise((resolve) => starter.stdout.once('data', (data: Buffer) => resolve(data.toString()))));
  expect(lives(pid)).toBe(true);
  starter.kill('SIGKILL');
  expect(await waitUntil(() => !lives(pid), 10_000)).toBe(true);
});

test('an emulator that cannot start says why', async () => {
  await expect(Emulator.start({ folder, env: { GATEWAY_PORT: '70000' } })).rejects.toThrow(/emulator did not start \(exit code 1\).*\n[^]*port/i);
});

test('without Python there is an error that says what to install', async () => {
  const venv = join(folder, 'venv');
  await expect(ensureVenv({ folder: venv, python: join(folder, 'python3') })).rejects.toThrow(/needs Python 3\.11 or newer, but there is no '.*python3'/);
  writeFileSync(join(folder, 'python3'), '#!/bin/sh\necho 3.8\n', { mode: 0o755 });
  await expect(ensureVenv({ folder: venv, python: join(folder, 'python3') })).rejects.toThrow(/needs Python 3\.11 or newer, but '.*python3' is 3\.8/);
  expect(readdirSync(folder)).toEqual(['python3']);
});

test('the plug-in refuses another version of MiniStack, and one that lacks a name', async () => {
  const python = await ensureVenv();
  const attempt = (program: string) => spawnSync(python, ['-B', '-c', program], { env: { PYTHONPATH: EMULATOR }, encoding: 'utf8' });
  const version = attempt('from plugin import private_names as p; p.VERSION = "1.0.0"; p.require_version()');
  expect(version).toMatchObject({ status: 1, stderr: expect.stringContaining('private names of ministack 1.0.0, but 1.5.33 is installed') });
  const name = attempt('from ministack.services import iam; del iam._create_group; from plugin.iam import groups; groups.install()');
  expect(name).toMatchObject({ status: 1, stderr: expect.stringContaining('ministack.services.iam._create_group') });
});
