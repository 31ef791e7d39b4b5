/** The languages that docs/signature speaks, and how to run each. */
import { join } from 'node:path';

export interface Language {
  name: string;
  /** Its file in docs/signature. */
  file: string;
  /** Its name in front of a code block. */
  fence: string;
  /** Succeeds where the language can be run. */
  probe: string[];
  /** What the probe looks for, for people. */
  needs: string;
  /** Compiles its file into a folder, once for all runs. */
  build?(folder: string): string[];
  /** Runs its file, or what was built; `sign` or `verify`, and their arguments, follow. */
  command(folder: string): string[];
}

const at = (file: string) => join(import.meta.dirname, '../../docs/signature', file);

export const languages: Language[] = [
  {
    name: 'PHP',
    file: 'signature.php',
    fence: 'php',
    probe: ['php', '-r', 'exit(extension_loaded("openssl") ? 0 : 1);'],
    needs: 'php with openssl',
    command: () => ['php', at('signature.php')],
  },
  {
    name: 'Python',
    file: 'signature.py',
    fence: 'python',
    probe: ['python3', '-c', 'import cryptography'],
    needs: 'python3 with cryptography',
    command: () => ['python3', at('signature.py')],
  },
  {
    name: 'Java',
    file: 'PaybySignature.java',
    fence: 'java',
    probe: ['javac', '-version'],
    needs: 'JDK',
    build: (folder) => ['javac', '-d', folder, at('PaybySignature.java')],
    command: (folder) => [
      'java',
      '-Xshare:auto',
      '-XX:TieredStopAtLevel=1',
      '-cp',
      folder,
      'PaybySignature',
    ],
  },
  {
    name: 'C#',
    file: 'Signature.cs',
    fence: 'csharp',
    probe: ['dotnet', '--version'],
    needs: 'dotnet',
    command: () => ['dotnet', 'run', at('Signature.cs'), '--'],
  },
  {
    name: 'Go',
    file: 'signature.go',
    fence: 'go',
    probe: ['go', 'version'],
    needs: 'go',
    build: (folder) => ['go', 'build', '-o', join(folder, 'signature'), at('signature.go')],
    command: (folder) => [join(folder, 'signature')],
  },
];
