import { describeFramework, viteBuild } from './in-framework.ts';

describeFramework('Preact', 'preact', { check: ['tsc'], build: viteBuild });
