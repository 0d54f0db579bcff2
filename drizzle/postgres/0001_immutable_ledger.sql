-- The ledger is append-only: a mistake is reversed, never edited.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;--> statement-breakpoint
CREATE TRIGGER "points_transactions_immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON "points_transactions" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "points_postings_immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON "points_postings" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "program_versions_immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON "program_versions" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
