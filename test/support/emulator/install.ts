import { ensureVenv } from './venv';

/* Before tests that run side by side want it at the same time. An error ends this with its words. */
void ensureVenv();
