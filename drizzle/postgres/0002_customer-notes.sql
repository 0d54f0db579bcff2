CREATE TABLE "customer_notes" (
	"shop_id" bigint NOT NULL,
	"id" text NOT NULL,
	"customer_id" text NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"at" bigint NOT NULL,
	"actor" text NOT NULL,
	CONSTRAINT "customer_notes_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
ALTER TABLE "api_idempotency" ADD COLUMN "customer_id" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "merged_at" bigint;--> statement-breakpoint
CREATE INDEX "customer_notes_customer" ON "customer_notes" USING btree ("shop_id","customer_id","at");--> statement-breakpoint
CREATE INDEX "api_idempotency_customer" ON "api_idempotency" USING btree ("shop_id","customer_id");--> statement-breakpoint
CREATE INDEX "customers_merged" ON "customers" USING btree ("shop_id","merged_into") WHERE "customers"."merged_into" is not null;