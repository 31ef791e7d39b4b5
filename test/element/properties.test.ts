import * as fc from 'fast-check';
import { loadAllParts } from '../support/browser/load-all-parts.ts';
import { anyCourse, type Kind } from '../support/browser/ordeal/any-course.ts';
import { Ordeal } from '../support/browser/ordeal/ordeal.ts';
import { World } from '../support/browser/ordeal/world.ts';

declare global {
  interface Window {
    /** What `npm run test:soak` asks for: other courses, and more of them. */
    propertyRuns?: { seed: number; scale: number };
  }
}

/** The other engines take the same courses; in `npm test` fewer of them, as they are slower here. */
const usualScale = /Chrome\//.test(navigator.userAgent) ? 1 : 0.25;
const { seed, scale } = window.propertyRuns ?? { seed: 20261122, scale: usualScale };

/**
 * One end told for each order; never paid without the backend's word, and never deaf to it; one key for
 * each attempt; no way to a host that is not allowed; nothing left behind: see the oracle.
 */
describe(`whatever happens (seed ${seed})`, () => {
  let world: World;

  before(async () => {
    await loadAllParts();
    world = new World();
  });
  after(() => world.restore());

  const keepsItsPromises = (where: string, kind: Kind, courses: number) => {
    const numRuns = Math.ceil(courses * scale);
    it(`keeps its promises ${where}, in ${numRuns} courses`, async function () {
      this.timeout(900_000); // thousands of courses; should one fail, the search for the shortest
      const holds = fc.asyncProperty(anyCourse(kind), (course) => new Ordeal(course, world).run());
      await fc.assert(holds, { seed, numRuns, includeErrorInReport: true });
    });
  };

  keepsItsPromises('in the app', { environments: ['botim', 'payby'] }, 4500);
  keepsItsPromises('on a phone', { environments: ['phone'] }, 4500);
  keepsItsPromises('on the move', { environments: ['phone', 'botim', 'payby'] }, 800);
  keepsItsPromises('with a code', { environments: ['desktop', 'phone'], drawsCode: true }, 120);
  keepsItsPromises('to the end of time', { environments: ['phone'], lapses: true }, 100); // 15 minutes each
});
