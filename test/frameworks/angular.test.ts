import { describeFramework } from './in-framework.ts';

describeFramework('Angular', 'angular', {
  check: ['ngc', '-p', 'src/tsconfig.wrong.json', '--noEmit'],
  build: ['ng', 'build', '--optimization=false'],
});
