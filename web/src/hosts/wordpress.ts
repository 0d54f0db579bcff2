import { type Host, keptToken, noNavigation } from './host.ts';

const ASK = 'bazgasht:token';
const PATIENCE_MS = 10_000;

/** The token that the plugin put behind the address; taken out of sight at once, so that no link carries it on. */
function tokenOfAddress(): string | null {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token');
  if (token !== null) window.history.replaceState(null, '', window.location.pathname + window.location.search);
  return token;
}

/** The dashboard's origin: the only one that tokens are taken from. */
const parentOrigin = (): string => {
  const [ancestor] = Array.from(window.location.ancestorOrigins ?? []);
  return ancestor ?? (URL.canParse(document.referrer) ? new URL(document.referrer).origin : '');
};

function askParent(origin: string): Promise<string> {
  // Opened by itself, or in a frame that does not say whose it is: a token is taken from nobody then.
  if (window.parent === window || !/^https?:/.test(origin)) return Promise.reject(new Error('There is no dashboard.'));
  return new Promise((resolve, reject) => {
    const end = () => {
      window.clearTimeout(timer);
      window.removeEventListener('message', listen);
    };
    const listen = ({ origin: from, source, data }: MessageEvent): void => {
      const { type, token } = (data ?? {}) as { type?: unknown; token?: unknown };
      if (from !== origin || source !== window.parent || type !== ASK || typeof token !== 'string') return;
      end();
      resolve(token);
    };
    const timer = window.setTimeout(() => {
      end();
      reject(new Error('WordPress gave no new session token.'));
    }, PATIENCE_MS);
    window.addEventListener('message', listen);
    window.parent.postMessage({ type: ASK }, origin);
  });
}

/** A WordPress dashboard: the first token comes behind the address, later ones by message from the plugin's page. */
export function wordpressHost(): Host {
  const origin = parentOrigin();
  let first = tokenOfAddress();
  const fetchToken = async (): Promise<string> => {
    const token = first ?? (await askParent(origin));
    first = null;
    return token;
  };
  const { token, renew } = keptToken(fetchToken);
  return { kind: 'wordpress', token, renew, toast: null, ...noNavigation };
}
