export const askFirst = 'If you have just paid, ask the shop before paying again.';
