/** Lets the browser save a file. An object, so that a test can stand in its way. */
export const files = {
  save(file: File): void {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = file.name;
    link.click();
    // The browser has taken the file by then; until it is let go, it stays in memory.
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  },
};
