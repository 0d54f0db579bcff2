import { useTranslation } from 'react-i18next';
import { type AuditEntry, useAudit } from '../../api/activity.ts';
import { useFormat } from '../../format/provider.tsx';
import { Becomes, Button, type Column, Empty, FigureTable, LoadedPages, PageSection } from '../../ui/index.ts';
import styles from './activity.module.css';
import { actorOf, changesOf } from './changes.ts';

/** Who did what, newest first. */
export function Audit() {
  const { t } = useTranslation('activity');
  const format = useFormat();
  const columns: Column<AuditEntry>[] = [
    { key: 'at', title: t('audit.at'), cell: ({ at }) => format.instant(at) },
    { key: 'actor', title: t('audit.actor'), cell: ({ actor }) => <Actor actor={actor} /> },
    { key: 'action', title: t('audit.action'), cell: ({ action }) => <Action action={action} /> },
    { key: 'changes', title: t('audit.changes'), cell: (entry) => <Changes entry={entry} /> },
    { key: 'target', title: t('audit.target'), cell: (entry) => <Target entry={entry} /> },
  ];
  return (
    <PageSection title={t('audit.title')} text={t('audit.text')}>
      <LoadedPages
        query={useAudit()}
        lines={10}
        none={<Empty title={t('audit.noneTitle')} text={t('audit.noneText')} />}
        more={t('audit.more')}
      >
        {(items) => <FigureTable caption={t('audit.title')} columns={columns} rows={items} keyOf={({ id }) => id} />}
      </LoadedPages>
    </PageSection>
  );
}

function Actor({ actor }: { actor: string }) {
  const { t } = useTranslation('activity');
  const { kind, id } = actorOf(actor);
  const named = t(`audit.actors.${kind}`, { id: `\u2068${id}\u2069`, defaultValue: '' });
  return named === '' ? <bdi>{actor}</bdi> : named;
}

function Action({ action }: { action: string }) {
  const { t } = useTranslation('activity');
  const named = t(`audit.actions.${action.replaceAll('.', '_')}`, { defaultValue: '' });
  return named === '' ? <bdi>{action}</bdi> : named;
}

function Changes({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('activity');
  const format = useFormat();
  const known = (part: 'fields' | 'values') => (name: string) => {
    const text = /^[\w-]+$/.test(name) ? t(`audit.${part}.${name}`, { defaultValue: '' }) : '';
    return text === '' ? null : text;
  };
  const changes = changesOf(entry.before, entry.after, { field: known('fields'), value: known('values') }, format);
  if (changes.length === 0 && entry.reason === null) return t('common:states.none');
  return (
    <div className={styles.prose}>
      <dl className={styles.changes}>
        {entry.reason !== null && (
          <div className={styles.change}>
            <dt>{t('audit.reason')}:</dt>
            <dd>
              <bdi>{entry.reason}</bdi>
            </dd>
          </div>
        )}
        {changes.map(({ field, from, to }) => (
          <div key={field} className={styles.change}>
            <dt>
              <bdi>{field}</bdi>:
            </dt>
            <dd>
              {from !== null && (
                <>
                  <bdi>{from}</bdi> <Becomes label={t('audit.becomes')} />{' '}
                </>
              )}
              <bdi>{to ?? t('common:states.none')}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Adjustments, notes and tags are about a customer; other targets are ids that only an operator needs. */
const ABOUT_CUSTOMERS = /^(?:points|customer|note|tags)\./;

function Target({ entry: { action, target } }: { entry: AuditEntry }) {
  const { t } = useTranslation('activity');
  if (target === null) return t('common:states.none');
  if (!ABOUT_CUSTOMERS.test(action)) return <bdi>{target}</bdi>;
  return (
    <Button variant="plain" url={`/customers/${target}`}>
      {t('audit.customer')}
    </Button>
  );
}
