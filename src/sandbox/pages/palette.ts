/** The colours of the sandbox's pages, light and dark. */
export const palette = `
:root {
  color-scheme: light dark;
  --page: #f3f4f3; --card: #fff; --line: #dfe3e1; --edge: #82908a; --text: #17201d; --quiet: #5a6662;
  --accent: #0b6b5b; --on-accent: #fff; --wash: #e7f2ef; --alert: #a3341f; --alert-wash: #fbebe7;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #101413; --card: #1a201e; --line: #313a37; --edge: #6b7a74; --text: #edf2f0; --quiet: #a3b0ab;
    --accent: #5fd3ba; --on-accent: #06231d; --wash: #1c332d; --alert: #ff9d86; --alert-wash: #3a221c;
  }
}
`;
