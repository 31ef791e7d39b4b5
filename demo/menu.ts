/** What the demo shop sells. The page shows names; only the server turns them into a price. */
export interface Dish {
  id: string;
  name: string;
  /** Price in fils, a hundredth of a dirham. */
  fils: number;
}

export const menu: readonly Dish[] = [
  { id: 'karak', name: 'Karak chai', fils: 450 },
  { id: 'manakish', name: 'Cheese manakish', fils: 1434 },
  { id: 'dates', name: 'Box of dates', fils: 3900 },
];

/** Fils as the decimal string PayBy's client wants: 1234 is "12.34". */
export const dirhams = (fils: number): string =>
  `${Math.floor(fils / 100)}.${String(fils % 100).padStart(2, '0')}`;
