# syntax=docker/dockerfile:1
# Debian, not Alpine: the prebuilt database drivers are made for glibc. Nothing is compiled, here or later.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The optional packages are other platforms' Node.js; the image has its own.
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force

# The admin is built with everything, and only what came of it goes on.
FROM node:24-bookworm-slim AS admin
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts && npm cache clean --force
COPY tools/build-web.ts ./tools/
COPY server/contracts ./server/contracts
COPY server/words ./server/words
COPY web ./web
RUN node tools/build-web.ts

FROM node:24-bookworm-slim
ENV NODE_ENV=production PORT=3000
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY drizzle ./drizzle
COPY server ./server
COPY --from=admin /app/web/dist ./web/dist
# Where a SQLite database and its key are kept, unless DATABASE_URL says otherwise.
RUN mkdir data && chown node:node data
VOLUME /app/data
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1, so that it hears SIGTERM and ends after the work in hand.
CMD ["node", "server/index.ts"]
