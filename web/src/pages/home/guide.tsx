import { useTranslation } from 'react-i18next';
import { useProgram } from '../../api/program.ts';
import { useShop } from '../../api/shop.ts';
import { useShopStatus } from '../../api/shop-status.ts';
import { useFormat } from '../../format/provider.tsx';
import {
  BlockStack,
  Button,
  Card,
  Failed,
  InlineStack,
  ProgressBar,
  SkeletonBodyText,
  Text,
  useToast,
} from '../../ui/index.ts';
import styles from './guide.module.css';
import { GuideStep } from './guide-step.tsx';
import { guideSteps, progressOf, type Step } from './guide-steps.ts';
import { useKept } from './use-kept.ts';

function Steps({ steps, onReviewed }: { steps: readonly Step[]; onReviewed: () => void }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { done, of } = progressOf(steps);
  const label = t('guide.progress', { done: format.count(done), of: format.count(of) });
  return (
    <>
      <div className={styles.progress}>
        <Text as="p" tone="subdued">
          {label}
        </Text>
        <ProgressBar progress={(100 * done) / of} size="small" tone="success" ariaLabelledBy="guide-title" />
      </div>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <GuideStep key={step.name} step={step} onReviewed={onReviewed} />
        ))}
      </ol>
    </>
  );
}

/** What is left until everything works; can be put away, and brought back. */
export function Guide() {
  const { t } = useTranslation('home');
  const say = useToast();
  const [shop, status, program] = [useShop(), useShopStatus(), useProgram()];
  const [hidden, setHidden] = useKept('guide-hidden', shop.data?.id);
  const [reviewed, setReviewed] = useKept('program-reviewed', shop.data?.id);
  const failed = [shop, status, program].find(({ error, data }) => error && data === undefined);
  const hide = (): void => {
    setHidden(true);
    say(t('guide.hidden'), { undo: { label: t('guide.show'), act: () => setHidden(false) } });
  };
  if (hidden) {
    return (
      <InlineStack align="end">
        <Button variant="plain" onClick={() => setHidden(false)}>
          {t('guide.show')}
        </Button>
      </InlineStack>
    );
  }
  return (
    <Card>
      <div className={styles.guide}>
        <BlockStack gap="400">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd" id="guide-title">
              {t('guide.title')}
            </Text>
            <Button variant="tertiary" onClick={hide} disabled={!shop.data}>
              {t('guide.hide')}
            </Button>
          </InlineStack>
          {shop.data && status.data && program.data ? (
            <Steps
              steps={guideSteps({
                shop: shop.data,
                status: status.data,
                program: program.data,
                reviewed,
              })}
              onReviewed={() => setReviewed(true)}
            />
          ) : failed ? (
            <Failed error={failed.error} onRetry={() => void failed.refetch()} />
          ) : (
            <SkeletonBodyText lines={14} />
          )}
        </BlockStack>
      </div>
    </Card>
  );
}
