import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ImportFormat, useSendImport } from '../../api/files.ts';
import { useShop } from '../../api/shop.ts';
import {
  Banner,
  BlockStack,
  Button,
  Checkbox,
  FileField,
  InlineGrid,
  InlineStack,
  Progress,
  Select,
  Text,
  useExplain,
} from '../../ui/index.ts';

const FORMATS: readonly ImportFormat[] = ['shopify-csv', 'woocommerce-csv', 'simple-csv'];
const MOST_BYTES = 200 * 1024 * 1024;
type Missing = 'fileMissing' | 'fileTooLarge';

/** Chooses a file of past orders, its format and whether it earns; a check of it comes before bringing it in. */
export function ImportForm({ busy }: { busy: boolean }) {
  const { t } = useTranslation('settings');
  const { data: shop } = useShop();
  const [file, setFile] = useState<File | null>(null);
  const [chosen, setFormat] = useState<ImportFormat | null>(null);
  const [earn, setEarn] = useState(false);
  const [missing, setMissing] = useState<Missing | null>(null);
  const { mutate, isPending, error, reset } = useSendImport();
  const explain = useExplain();
  const format = chosen ?? (shop?.platform === 'woocommerce' ? 'woocommerce-csv' : 'shopify-csv');
  const send = (dryRun: boolean): void => {
    const wrong = file === null ? 'fileMissing' : file.size > MOST_BYTES ? 'fileTooLarge' : null;
    setMissing(wrong);
    if (file !== null && wrong === null) mutate({ file, format, earn, dryRun });
  };
  const choose = (next: File | null): void => {
    setFile(next);
    setMissing(null);
    reset();
  };
  return (
    <BlockStack gap="400">
      {error && <Banner tone="critical">{explain(error)}</Banner>}
      <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
        <FileField
          label={t('imports.file')}
          choose={t('imports.choose')}
          help={t('imports.fileHelp')}
          error={missing === null ? undefined : t(`imports.${missing}`)}
          accept=".csv,.gz,text/csv,application/gzip"
          onChoose={choose}
        />
        <Select
          label={t('imports.format')}
          helpText={t(`imports.formatHelp.${format}`)}
          options={FORMATS.map((value) => ({ value, label: t(`imports.formats.${value}`) }))}
          value={format}
          onChange={(value) => setFormat(FORMATS.find((one) => one === value) ?? null)}
        />
      </InlineGrid>
      <Checkbox label={t('imports.earn')} helpText={t('imports.earnHelp')} checked={earn} onChange={setEarn} />
      {isPending && <Progress share={null} label={t('imports.sending')} />}
      <InlineStack gap="200" align="end" blockAlign="center">
        <Text as="p" tone="subdued">
          {isPending ? t('imports.sending') : t('imports.checkHelp')}
        </Text>
        <Button variant="primary" disabled={busy || isPending} onClick={() => send(true)}>
          {t('imports.check')}
        </Button>
        <Button disabled={busy || isPending} onClick={() => send(false)}>
          {t('imports.start')}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
