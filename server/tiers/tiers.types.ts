import type { tierMoves } from './tiers.tables.ts';

export type MoveRow = typeof tierMoves.$inferSelect;
