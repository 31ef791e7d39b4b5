import { describeFramework, viteBuild } from './in-framework.ts';

describeFramework('React', 'react', { check: ['tsc'], build: viteBuild });
