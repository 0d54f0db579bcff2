import { badRequest } from '../shared/errors.ts';

export const ruleTypeChanged = (id: string) =>
  badRequest('program.rule_type', `An earlier version has a rule "${id}" of another type. Give this one a new id.`, {
    field: 'rules',
    id,
  });
