import { describeFramework, viteBuild } from './in-framework.ts';

describeFramework('Vue', 'vue', { check: ['vue-tsc'], build: viteBuild });
