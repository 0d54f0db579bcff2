CREATE TABLE "api_idempotency" (
	"shop_id" bigint NOT NULL,
	"key" text NOT NULL,
	"input_hash" text NOT NULL,
	"status" bigint NOT NULL,
	"answer" json NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "api_idempotency_shop_id_key_pk" PRIMARY KEY("shop_id","key")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"shop_id" bigint NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"scope" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" bigint NOT NULL,
	"last_used_at" bigint,
	"revoked_at" bigint,
	CONSTRAINT "api_keys_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "customer_search" (
	"shop_id" bigint NOT NULL,
	"term" text NOT NULL,
	"customer_id" text NOT NULL,
	CONSTRAINT "customer_search_shop_id_term_customer_id_pk" PRIMARY KEY("shop_id","term","customer_id")
);
--> statement-breakpoint
CREATE INDEX "api_idempotency_created" ON "api_idempotency" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "customer_search_customer" ON "customer_search" USING btree ("shop_id","customer_id","term");--> statement-breakpoint
CREATE INDEX "customer_tiers_tier" ON "customer_tiers" USING btree ("shop_id","tier","customer_id");