/** A resource that could not be brought about; any other error is a defect of the test. */
export class ResourceFailed extends Error {}

/**
 * Runs the work of all, each as soon as what it waits for is done; several at the same time.
 *
 * @param waitsFor IDs that have to be done before; those that are not among `ids` are
 * @param work rejects with {@link ResourceFailed} to fail; then nothing else begins
 * @returns the IDs that were still under way at the first failure, and whether there was one
 */
export async function inOrder(
  ids: readonly string[], waitsFor: (id: string) => readonly string[] | undefined, work: (id: string) => Promise<void>,
): Promise<{ readonly failed: boolean; readonly underWay: readonly string[] }> {
  const before = new Map(ids.map((id) => [id, waitsFor(id) ?? []]));
  const waiting = new Set(ids);
  const running = new Set<string>();
  return new Promise((resolve, reject) => {
    let over = false;
    const next = () => {
      if (over) return;
      if (waiting.size === 0 && running.size === 0) return resolve({ failed: false, underWay: [] });
      const ready = [...waiting].filter((id) => before.get(id)!.every((other) => !waiting.has(other) && !running.has(other)));
      if (ready.length === 0 && running.size === 0) return reject(new Error(`circular dependency among ${[...waiting].join(', ')}`));
      for (const id of ready) {
        waiting.delete(id);
        running.add(id);
        work(id).then(() => {
          running.delete(id);
          next();
        }, (error) => {
          if (!(error instanceof ResourceFailed)) return reject(error);
          running.delete(id);
          if (!over) resolve({ failed: true, underWay: [...running] });
          over = true;
        });
      }
    };
    next();
  });
}
