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
  /** Runs its file; `sign` or `verify`, and their arguments, follow. */
  command: string[];
}

const at = (file: string) => join(import.meta.dirname, '../../docs/signature', file);

export const languages: Language[] = [
  {
    name: 'PHP',
    file: 'signature.php',
    fence: 'php',
    probe: ['php', '-r', 'exit(extension_loaded("openssl") ? 0 : 1);'],
    needs: 'php with openssl',
    command: ['php', at('signature.php')],
  },
  {
    name: 'Python',
    file: 'signature.py',
    fence: 'python',
    probe: ['python3', '-c', 'import cryptography'],
    needs: 'python3 with cryptography',
    command: ['python3', at('signature.py')],
  },
  {
    name: 'Java',
    file: 'PaybySignature.java',
    fence: 'java',
    probe: ['javac', '-version'],
    needs: 'JDK',
    command: ['java', at('PaybySignature.java')],
  },
  {
    name: 'C#',
    file: 'Signature.cs',
    fence: 'csharp',
    probe: ['dotnet', '--version'],
    needs: 'dotnet',
    command: ['dotnet', 'run', at('Signature.cs'), '--'],
  },
  {
    name: 'Go',
    file: 'signature.go',
    fence: 'go',
    probe: ['go', 'version'],
    needs: 'go',
    command: ['go', 'run', at('signature.go')],
  },
];
