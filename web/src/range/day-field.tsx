import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/provider.tsx';
import { BlockStack, Box, Button, InlineStack, Popover, SkeletonBodyText, Text } from '../ui/index.ts';

const DaySingle = lazy(() => import('./day-single.tsx'));

type Props = { label: string; day: string; onChange: (day: string) => void; error?: string | undefined };

/** A day that is chosen from a calendar of the shop's kind, or none. */
export function DayField({ label, day, onChange, error }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const shown = day === '' ? t('range.noDay') : format.day(day);
  const activator = (
    <Button disclosure onClick={() => setOpen((before) => !before)} accessibilityLabel={`${label}: ${shown}`}>
      {shown}
    </Button>
  );
  return (
    <BlockStack gap="100">
      <Text as="span">{label}</Text>
      <InlineStack gap="200" blockAlign="center">
        <Popover
          active={open}
          activator={activator}
          onClose={() => setOpen(false)}
          fluidContent
          preferredAlignment="left"
        >
          <Box padding="400">
            <Suspense fallback={<SkeletonBodyText lines={8} />}>
              {open && (
                <DaySingle
                  day={day}
                  onChoose={(next) => {
                    onChange(next);
                    setOpen(false);
                  }}
                />
              )}
            </Suspense>
          </Box>
        </Popover>
        {day !== '' && (
          <Button variant="plain" onClick={() => onChange('')} accessibilityLabel={`${t('range.clear')}: ${label}`}>
            {t('range.clear')}
          </Button>
        )}
      </InlineStack>
      {error !== undefined && (
        <Text as="p" tone="critical">
          {error}
        </Text>
      )}
    </BlockStack>
  );
}
