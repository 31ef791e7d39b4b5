import { expect } from '@open-wc/testing';
import { detectEnvironment, type Environment } from '../../src/device/in-app.ts';

describe('detectEnvironment', () => {
  const known: [string, boolean, Environment][] = [
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) PayBy/2.1', false, 'payby'],
    ['Mozilla/5.0 (Linux; Android 15) Mobile BOTIM/3.4', false, 'botim'],
    ['Mozilla/5.0 (Linux; Android 15) Mobile pAyBy', false, 'payby'],
    ['Mozilla/5.0 (Linux; Android 15) Mobile', true, 'payby'],
    ['Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit Mobile Safari', false, 'phone'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', false, 'phone'],
    ['Mozilla/5.0 (X11; Linux x86_64) Chrome/156', false, 'desktop'],
    ['', false, 'desktop'],
  ];
  for (const [userAgent, hasBridge, environment] of known) {
    it(`takes "${userAgent}"${hasBridge ? ' with the bridge' : ''} for ${environment}`, () => {
      expect(detectEnvironment({ userAgent, hasBridge })).to.equal(environment);
    });
  }
});
