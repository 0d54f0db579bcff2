import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/index.ts';

export default function Program() {
  const { t } = useTranslation('program');
  return <Page title={t('title')} />;
}
