import type { RuleFaults, RuleForm } from './rule.form.ts';

/** What every part of the form gets. */
export type Part = {
  form: RuleForm;
  faults: RuleFaults;
  set: <K extends keyof RuleForm>(field: K, value: RuleForm[K]) => void;
};
