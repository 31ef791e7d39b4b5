import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pointIds } from '../../src/verify/points/index.ts';
import { brokenBackends } from './support/broken-backends.ts';
import { goodBackend } from './support/good-backend.ts';
import { complaints, findingsOf } from './support/verify.ts';

describe('a backend that keeps the contract', () => {
  it('passes every point that is checked', async () => {
    const findings = await findingsOf(goodBackend());
    assert.deepEqual(complaints(findings), []);
    const open = findings.filter(({ verdict }) => verdict === 'not-checked');
    assert.deepEqual(
      open.map(({ point }) => point),
      ['events-heartbeat', 'cors'],
    );
  });
});

describe('a backend that', { concurrency: 8 }, () => {
  for (const { flaw, backend, options, fails = [], warns = [] } of brokenBackends) {
    it(`${flaw} is told ${[...fails, ...warns].join(', ')}, and nothing else`, async () => {
      const findings = await findingsOf(backend, options);
      const of = (verdict: string) => findings.filter((finding) => finding.verdict === verdict);
      const said = complaints(findings).join('\n');
      assert.deepEqual(
        of('fail').map(({ point }) => point),
        fails,
        said,
      );
      assert.deepEqual(
        of('warn').map(({ point }) => point),
        warns,
        said,
      );
      for (const { expected, came, mend } of [...of('fail'), ...of('warn')]) {
        assert.ok(expected && came && mend, said);
      }
    });
  }
});

describe('the broken backends', () => {
  it('break every point, but for the one that takes 45 s', () => {
    const broken = brokenBackends.flatMap(({ fails = [], warns = [] }) => [...fails, ...warns]);
    const unbroken = pointIds.filter((point) => !broken.includes(point));
    assert.deepEqual(unbroken, ['events-heartbeat']);
  });
});
