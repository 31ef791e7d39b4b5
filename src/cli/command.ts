/** One of the things `npx payby-checkout` does. */
export interface Command {
  /** A line for the list of commands. */
  summary: string;
  /**
   * Runs with what follows the command's name. Says everything it has to say itself.
   *
   * @returns the process's exit code
   */
  run(args: string[]): Promise<number>;
}
