/** The version of Node that a package asks for by `engines`: ">=22.13" and the like. */
export function nodeIsTooOld(version: string, engines: string): boolean {
  const [major = 0, minor = 0] = numbers(version);
  const [leastMajor = 0, leastMinor = 0] = numbers(engines.replace('>=', ''));
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}

const numbers = (version: string) => version.trim().split('.').map(Number);
