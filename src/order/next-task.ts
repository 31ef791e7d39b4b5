/**
 * Lets the browser do what is due before this goes on: answer a press, paint a frame. Browsers that cannot
 * say when they have (Safari) go straight on.
 */
export const nextTask = async (): Promise<void> => {
  try {
    await window.scheduler?.yield?.();
  } catch {
    // A page may have a scheduler of its own by that name.
  }
};
