import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureVenv } from '../../../support/emulator/install/venv';
import { REPOSITORY } from '../../../support/emulator/repository';
import { FIRST_START } from '../../../support/emulator/temporary-emulator';

const EMULATOR = join(REPOSITORY, 'test', 'support', 'emulator');

/** A session that is looked at makes another one, as another thread would. */
const PROGRAM = `
import time
from ministack.services import sts
from plugin.iam import sessions
sessions.install()

class Looked(dict):
    def get(self, *args):
        sts._sessions[f"made in between {len(sts._sessions)}"] = {}
        return super().get(*args)

sts._sessions["valid"] = Looked(Expiration=time.time() + 60)
sts._sessions["expired"] = Looked(Expiration=time.time() - 60)
sts.register_session("new", {})
print("valid" in sts._sessions, "expired" in sts._sessions, "new" in sts._sessions)
`;

test('a session is made while others are', async () => {
  const { stdout, stderr } = spawnSync(await ensureVenv(), ['-B', '-c', PROGRAM], { env: { PYTHONPATH: EMULATOR }, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toBe('True False True\n');
}, FIRST_START);
