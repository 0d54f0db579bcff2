import type { home as english } from '../en/home.ts';
import type { Texts } from '../shape.ts';

export const home: Texts<typeof english> = {
  title: 'خانه',
};
