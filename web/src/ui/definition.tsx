import { Box, Button, Popover, Text } from '@shopify/polaris';
import { InfoIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The exact definition of a figure, one click away. `source`: where a published band comes from. */
export function Definition({ of: name, text, source }: { of: string; text: string; source?: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const activator = (
    <Button
      variant="plain"
      icon={InfoIcon}
      accessibilityLabel={t('actions.define', { name })}
      onClick={() => setOpen((shown) => !shown)}
    />
  );
  return (
    <Popover active={open} activator={activator} onClose={() => setOpen(false)} preferredAlignment="left">
      <Box padding="400" maxWidth="22rem">
        <Text as="p">{text}</Text>
        {source !== undefined && (
          <Box paddingBlockStart="200">
            <Text as="p" tone="subdued" variant="bodySm">
              {source}
            </Text>
          </Box>
        )}
      </Box>
    </Popover>
  );
}
