import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { type TierPreview, type TierProgram, useTierPreview } from '../../api/program.ts';
import { useFormat } from '../../format/provider.tsx';
import { BlockStack, Button, type Column, Failed, Figures, FigureTable, InlineStack, Text } from '../../ui/index.ts';
import { nameOfLevel } from '../customers/use-levels.ts';

type Props = { tiers: TierProgram; changed: boolean };

/** How many members the tiers as they stand would move; asked for by a button, since it looks at every member. */
export function TiersPreview({ tiers, changed }: Props) {
  const { t } = useTranslation('program');
  const preview = useTierPreview();
  const { reset } = preview;
  // What was counted for other tiers says nothing of these.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the tiers is what it is about
  useEffect(() => reset(), [tiers, reset]);
  return (
    <BlockStack gap="300">
      <InlineStack gap="300" blockAlign="center">
        <Button onClick={() => preview.mutate(tiers)} loading={preview.isPending}>
          {t('preview.ask')}
        </Button>
        {changed && !preview.data && (
          <Text as="span" tone="subdued">
            {t('preview.unsaved')}
          </Text>
        )}
      </InlineStack>
      {preview.error && <Failed error={preview.error} onRetry={() => preview.mutate(tiers)} />}
      {preview.data && <PreviewResult preview={preview.data} tiers={tiers} />}
    </BlockStack>
  );
}

/** Who rises, who stays, who goes down later, and between which levels. */
export function PreviewResult({ preview, tiers }: { preview: TierPreview; tiers: TierProgram }) {
  const { t, i18n } = useTranslation('program');
  const format = useFormat();
  const nameOf = (id: string | null): string => {
    if (id === null) return t('preview.noTier');
    const level = tiers.levels.find((one) => one.id === id);
    return level ? nameOfLevel(level.name, i18n.language) : id;
  };
  const figure = (key: 'members' | 'up' | 'stay' | 'down' | 'removed' | 'entryBonuses') => ({
    key,
    term: t(`preview.${key}`),
    value: format.count(preview[key]),
  });
  type Move = TierPreview['moves'][number];
  const columns: Column<Move>[] = [
    { key: 'from', title: t('preview.from'), cell: ({ from }) => <bdi>{nameOf(from)}</bdi> },
    { key: 'to', title: t('preview.to'), cell: ({ to }) => <bdi>{nameOf(to)}</bdi> },
    { key: 'members', title: t('preview.members'), numeric: true, cell: ({ members }) => format.count(members) },
  ];
  const moves = preview.moves.filter(({ from, to }) => from !== to);
  return (
    <BlockStack gap="300">
      <Figures
        items={[
          figure('members'),
          ...[figure('up'), figure('stay'), figure('down')],
          ...(preview.removed > 0 ? [figure('removed')] : []),
          ...(preview.entryBonuses > 0 ? [figure('entryBonuses')] : []),
        ]}
      />
      {moves.length > 0 && (
        <FigureTable
          caption={t('preview.moves')}
          columns={columns}
          rows={moves}
          keyOf={({ from, to }) => `${from} ${to}`}
        />
      )}
      <Text as="p" tone="subdued">
        {t('preview.about')}
      </Text>
    </BlockStack>
  );
}
