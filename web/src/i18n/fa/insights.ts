import type { insights as english } from '../en/insights.ts';
import type { Texts } from '../shape.ts';

export const insights: Texts<typeof english> = { title: 'بینش‌ها' };
