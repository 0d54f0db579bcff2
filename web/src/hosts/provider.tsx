import { createContext, type ReactNode, useContext } from 'react';
import { speakThrough } from '../api/client.ts';
import type { Host } from './host.ts';

const HostContext = createContext<Host | null>(null);

/** Makes the host known to every page, and its tokens to the API. */
export function HostProvider({ host, children }: { host: Host; children: ReactNode }) {
  speakThrough(host);
  return <HostContext.Provider value={host}>{children}</HostContext.Provider>;
}

/** What shows the admin. */
export function useHost(): Host {
  const host = useContext(HostContext);
  if (!host) throw new Error('There is no host around this.');
  return host;
}
