import { ensureNode, handlersNode } from './node';
import { ensureVenv } from './venv';

/* Before tests that run side by side want it at the same time. An error ends this with its words. */
void Promise.all([ensureVenv(), ensureNode(undefined, { again: true })]).then(() => console.log(`The emulator's functions run on ${handlersNode().note}.`));
