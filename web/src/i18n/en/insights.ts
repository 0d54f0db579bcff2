export const insights = { title: 'Insights' } as const;
