// The peer: Shopify's own library for Express, as its documentation sets it up (its default session storage is memory),
// with a handler that stores nothing.
import type { AddressInfo } from 'node:net';
import { DeliveryMethod, LogSeverity } from '@shopify/shopify-api';
import { ApiVersion, shopifyApp } from '@shopify/shopify-app-express';
import express from 'express';
import { SECRET } from './orders.ts';

const PATH = '/webhooks/shopify';

const shopify = shopifyApp({
  api: {
    apiKey: 'bench',
    apiSecretKey: SECRET,
    scopes: ['read_orders'],
    hostName: 'bench.example.com',
    hostScheme: 'https',
    apiVersion: ApiVersion.July26,
    // By default it logs a line or two for each delivery, which would only slow it down.
    logger: { level: LogSeverity.Warning },
  },
  auth: { path: '/auth', callbackPath: '/auth/callback' },
  webhooks: { path: PATH },
});

const handlers = {
  ORDERS_PAID: { deliveryMethod: DeliveryMethod.Http as const, callbackUrl: PATH, callback: async () => undefined },
};
const app = express();
app.post(PATH, shopify.processWebhooks({ webhookHandlers: handlers }));
const server = app.listen(0, () => console.log(`http://localhost:${(server.address() as AddressInfo).port}`));
