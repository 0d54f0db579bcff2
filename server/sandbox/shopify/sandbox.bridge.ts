/**
 * What stands in for App Bridge's script in the sandbox, where nothing may be loaded from elsewhere: the calls that an
 * embedded page makes of it, under the same names. A toast is said by a live region; the save bar shows an element of the
 * page (`<ui-save-bar id>`) or hides it; there is no frame around the page, so moving is moving the page itself.
 */
export const bridgeScript = (domain: string): string => `(() => {
  const say = (text) => {
    let region = document.getElementById('app-bridge-toast');
    if (!region) {
      region = document.createElement('div');
      region.id = 'app-bridge-toast';
      region.setAttribute('role', 'status');
      region.setAttribute('aria-live', 'polite');
      document.body.append(region);
    }
    region.textContent = text;
    return region;
  };
  const bar = (id, shown) => {
    const element = document.getElementById(id);
    if (!element) throw new Error('There is no save bar "' + id + '" on this page.');
    element.hidden = !shown;
    return Promise.resolve();
  };
  window.shopify = {
    config: { shop: ${JSON.stringify(domain)}, locale: document.documentElement.lang || 'en' },
    environment: { embedded: false, mobile: false },
    async idToken() {
      const answer = await fetch('/sandbox/session-token');
      if (!answer.ok) throw new Error('The sandbox gave no session token.');
      return (await answer.json()).token;
    },
    toast: {
      show(text, options = {}) {
        const region = say(text);
        setTimeout(() => { if (region.textContent === text) region.textContent = ''; }, options.duration ?? 5000);
        return text;
      },
      hide(text) { if (document.getElementById('app-bridge-toast')?.textContent === text) say(''); },
    },
    saveBar: {
      show: (id) => bar(id, true),
      hide: (id) => bar(id, false),
      toggle: (id) => bar(id, document.getElementById(id)?.hidden !== false),
      leaveConfirmation: () => Promise.resolve(),
    },
    loading(on) { document.documentElement.toggleAttribute('aria-busy', on !== false); },
  };
})();
`;
