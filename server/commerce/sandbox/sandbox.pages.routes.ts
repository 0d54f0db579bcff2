import express, { type Router } from 'express';
import type { RouteDeps } from './sandbox.routes.ts';

/** The pages of the sandbox store. */
export function pageRoutes(_all: RouteDeps): Router {
  return express.Router();
}
