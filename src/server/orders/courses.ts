/**
 * How long PayBy is asked again after a failure, by its acceptance cases 005 to 008: a course of at least
 * three tries ends after more than three failures in a row, or ten seconds of them, and a responsible person
 * is told.
 */

export interface Course {
  readonly failures: number;
  /** Of the first failure, epoch ms. */
  readonly since: number;
  /** Set once given up: no further try before that, epoch ms. */
  readonly pausedUntil?: number;
}

const minTries = 3;
const maxFailures = 3;
const maxDuration = 10_000;

/** How long a course that was given up rests, ms. */
export const rest = 60_000;

/** The course after one more failure; `pausedUntil` is set when it is given up. */
function afterFailure(course: Course | undefined, now: number): Course {
  const isFresh = course === undefined || course.pausedUntil !== undefined;
  const failures = isFresh ? 1 : course.failures + 1;
  const since = isFresh ? now : course.since;
  const isLong = failures >= minTries && now - since >= maxDuration;
  const isOver = failures > maxFailures || isLong;
  return { failures, since, ...(isOver && { pausedUntil: now + rest }) };
}

export const isPaused = (course: Course | undefined, now: number): boolean =>
  course?.pausedUntil !== undefined && now < course.pausedUntil;

export interface Courses {
  isPaused(key: string, now: number): boolean;
  /** Notes a failure. @returns whether that was the last try of this course */
  failed(key: string, now: number): boolean;
  /** Notes that it went well, or that nothing is left to try. */
  ended(key: string): void;
}

/** A course nobody went on with is forgotten after so long, ms: another process may have ended its order. */
const memory = 3_600_000;

/** The courses of one process, by a key such as `query/<id>`. */
export function createCourses(): Courses {
  /** Those that failed last come last. */
  const courses = new Map<string, Course & { failedAt: number }>();

  function forgetOld(now: number) {
    for (const [key, { failedAt }] of courses) {
      if (failedAt > now - memory) return;
      courses.delete(key);
    }
  }

  return {
    isPaused: (key, now) => isPaused(courses.get(key), now),
    failed(key, now) {
      const course = afterFailure(courses.get(key), now);
      courses.delete(key);
      courses.set(key, { ...course, failedAt: now });
      forgetOld(now);
      return course.pausedUntil !== undefined;
    },
    ended(key) {
      courses.delete(key);
    },
  };
}
