import { useTranslation } from 'react-i18next';
import { type ApiKey, useRevokeKey } from '../../api/keys.ts';
import { Confirm, useExplain, useToast } from '../../ui/index.ts';

/** Asks before a key is ended, since programs stop working by it. */
export function RevokeKey({ revoking, onClose }: { revoking: ApiKey | null; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const { mutate, isPending } = useRevokeKey();
  const say = useToast();
  const explain = useExplain();
  const revoke = ({ id }: ApiKey): void =>
    mutate(id, {
      onSuccess: () => say(t('keys.revokedSaid')),
      onError: (error) => say(explain(error), { isError: true }),
      onSettled: onClose,
    });
  return (
    <Confirm
      open={revoking !== null}
      title={t('keys.revokeTitle', { name: revoking?.name ?? '' })}
      text={t('keys.revokeText')}
      action={t('keys.revoke')}
      busy={isPending}
      onConfirm={() => revoking && revoke(revoking)}
      onClose={onClose}
    />
  );
}
