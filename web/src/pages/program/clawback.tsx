import { useTranslation } from 'react-i18next';
import type { ProgramRules } from '../../api/program.ts';
import { BlockStack, Card, ChoiceList, Text } from '../../ui/index.ts';

type Props = { value: ProgramRules['clawback']; onChange: (value: ProgramRules['clawback']) => void };

/** Who bears points that were spent before their order was refunded. */
export function Clawback({ value, onChange }: Props) {
  const { t } = useTranslation('program');
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('clawback.title')}
        </Text>
        <ChoiceList
          title={t('clawback.title')}
          titleHidden
          choices={(['debt', 'absorb'] as const).map((one) => ({
            value: one,
            label: t(`clawback.${one}`),
            helpText: t(`clawback.${one}Help`),
          }))}
          selected={[value]}
          onChange={([next]) => onChange(next as Props['value'])}
        />
      </BlockStack>
    </Card>
  );
}
