import type { program as english } from '../en/program.ts';
import type { Texts } from '../shape.ts';

export const program: Texts<typeof english> = { title: 'برنامهٔ وفاداری' };
