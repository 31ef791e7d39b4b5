/** No test of these takes a tenth of that; a promise that never settles does, ms. */
const patience = 3000;

let failed: ((error: unknown) => void) | undefined;
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => failed?.(error));
}

/** Why `run` fails: it throws, something throws that it started, or it never ends; undefined when it passes. */
export async function failureOf(run: () => Promise<void>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      failed = (error) => reject(error ?? new Error('something threw nothing'));
      timer = setTimeout(() => failed?.(new Error(`did not end in ${patience} ms`)), patience);
      // Node tells of rejections nobody handles before it turns to what is due.
      run().then(() => setImmediate(resolve), failed);
    });
    return undefined;
  } catch (error) {
    return error;
  } finally {
    clearTimeout(timer);
    failed = undefined;
  }
}
