import { describeFramework, viteBuild } from './in-framework.ts';

describeFramework('Solid', 'solid', { check: ['tsc'], build: viteBuild });
