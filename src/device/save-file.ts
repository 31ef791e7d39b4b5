/** Lets the browser save `file` under `name`. An object, so that a test can stand in its way. */
export const files = {
  save(file: Blob, name: string): void {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    // The browser has taken the file by then; until it is let go, it stays in memory.
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  },
};
