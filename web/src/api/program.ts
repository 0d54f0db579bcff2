import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { sampleOrder, sampleResult } from '../../../server/contracts/calculator.ts';
import type { EarningRule, ProgramRules } from '../../../server/contracts/program.ts';
import type { programVersion, tierPreview } from '../../../server/contracts/program-versions.ts';
import type { TierLevel, TierProgram } from '../../../server/contracts/tiers.ts';
import { ApiError, askJson } from './client.ts';
import { newKey } from './key.ts';

export type ProgramVersion = z.infer<typeof programVersion>;
export type TierPreview = z.infer<typeof tierPreview>;
export type SampleOrder = z.input<typeof sampleOrder>;
export type SampleResult = z.infer<typeof sampleResult>;
export type { EarningRule, ProgramRules, TierLevel, TierProgram };

/** A shop that has no program yet: no version to hold a change against. */
const NONE: ProgramVersion = { version: 0, effectiveFrom: 0, rules: { earning: [], clawback: 'debt' } };

/** The program in force, with its rules and tiers. */
export const useProgram = () =>
  useQuery({
    queryKey: ['program'],
    queryFn: async ({ signal }) => {
      try {
        return await askJson<ProgramVersion>('/program', { signal });
      } catch (error) {
        if (error instanceof ApiError && error.code === 'program.unknown') return NONE;
        throw error;
      }
    },
    staleTime: 60_000,
  });

/** Puts rules in force, if the version that was seen is still the one in force. */
export function useSaveProgram() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ rules, version }: { rules: ProgramRules; version: number }) =>
      askJson<ProgramVersion>('/program', {
        method: 'PUT',
        body: version === 0 ? { rules } : { rules, version },
        idempotencyKey: newKey(),
      }),
    onSuccess: (saved) => {
      queries.setQueryData(['program'], saved);
      // A member whom new tiers lift shows it everywhere.
      for (const key of ['customers', 'customer']) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
}

/** How many members tiers would move. */
export const useTierPreview = () =>
  useMutation({
    mutationFn: (tiers: TierProgram) => askJson<TierPreview>('/tiers/preview', { method: 'POST', body: { tiers } }),
  });

/** What a sample order would earn; null: nothing to ask yet. */
export const useCalculation = (order: SampleOrder | null) =>
  useQuery({
    queryKey: ['calculate', order],
    queryFn: ({ signal }) => askJson<SampleResult>('/program/calculate', { method: 'POST', body: order, signal }),
    enabled: order !== null,
    placeholderData: keepPreviousData,
  });
