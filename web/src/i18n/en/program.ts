export const program = { title: 'Program' } as const;
