import { describe, it } from 'node:test';
import { storeConformance } from '../../../src/server/stores/conformance.ts';
import { memoryStore } from '../../../src/server/stores/memory-store.ts';

describe('the memory store', () => {
  for (const { name, run } of storeConformance(memoryStore)) it(name, run);
});
