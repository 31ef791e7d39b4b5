import { memoryStore } from '../../src/server/index.ts';
import { testStore } from './support/store-suite.ts';

testStore('the memory store', memoryStore);
