/** Every point of the contract that the checker looks at, in the order in which it reports them. */
import { askingPoints } from './asking.ts';
import { followingPoints } from './following.ts';
import { makingPoints } from './making.ts';
import { trustPoints } from './trust.ts';

export const points = { ...makingPoints, ...askingPoints, ...followingPoints, ...trustPoints };

export type PointId = keyof typeof points;

export const pointIds = Object.keys(points) as PointId[];
