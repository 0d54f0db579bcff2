import { fileURLToPath } from 'node:url';
import postcssRTLCSS from 'postcss-rtlcss';
import { defineConfig } from 'vite';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The admin, built into web/dist and served by the app under /app. */
export default defineConfig({
  root: folder('.'),
  base: '/app/',
  logLevel: 'warn',
  resolve: {
    // The package names its development build for everybody.
    alias: { 'react-router': folder('../node_modules/react-router/dist/production/index.mjs') },
  },
  css: {
    // Polaris places many things by left and right; our own styles use logical properties, which this leaves alone.
    postcss: { plugins: [postcssRTLCSS()] },
    modules: { localsConvention: 'camelCaseOnly' },
  },
  build: {
    outDir: folder('dist'),
    emptyOutDir: true,
    target: 'es2022',
    // Nothing may be inlined as data: the policy of the page allows scripts and fonts of our own origin only.
    assetsInlineLimit: 0,
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: {
      // Libraries mark their modules for servers that render React; there is none here.
      onLog: (level, log, next) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') next(level, log);
      },
    },
  },
});
