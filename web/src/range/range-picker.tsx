import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/provider.tsx';
import { BlockStack, Box, Button, ChoiceList, Popover, SkeletonBodyText } from '../ui/index.ts';
import { PRESETS, type Preset, type Range } from './range.ts';
import type { Chosen } from './use-range.ts';

const DayRange = lazy(() => import('./day-range.tsx'));

/** Chooses the days that figures are of: a usual range, or any two days of the shop's calendar. */
export function RangePicker({ chosen, onChoose }: { chosen: Chosen; onChoose: (next: Preset | Range) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { range, preset } = chosen;
  const days = `${format.day(range.from)} – ${format.day(range.to)}`;
  const label = preset === null ? days : t(`range.${preset}`);
  const activator = (
    <Button
      disclosure
      onClick={() => setOpen((shown) => !shown)}
      // It holds what is seen on the button, so that whoever speaks to the page can name it so.
      accessibilityLabel={t('range.choose', { shown: preset === null ? days : `${label} (${days})` })}
    >
      {label}
    </Button>
  );
  return (
    <Popover active={open} activator={activator} onClose={() => setOpen(false)} fluidContent>
      <Popover.Pane>
        <Box padding="400">
          <BlockStack gap="400">
            <ChoiceList
              title={t('range.title')}
              choices={PRESETS.map((one) => ({ label: t(`range.${one}`), value: one }))}
              selected={preset === null ? [] : [preset]}
              onChange={([next]) => {
                onChoose(next as Preset);
                setOpen(false);
              }}
            />
            <Suspense fallback={<SkeletonBodyText lines={8} />}>
              {open && <DayRange range={range} onChoose={onChoose} />}
            </Suspense>
          </BlockStack>
        </Box>
      </Popover.Pane>
    </Popover>
  );
}
