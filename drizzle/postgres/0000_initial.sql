CREATE TABLE "api_idempotency" (
	"shop_id" bigint NOT NULL,
	"key" text NOT NULL,
	"input_hash" text NOT NULL,
	"status" bigint NOT NULL,
	"answer" json NOT NULL,
	"customer_id" text,
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
CREATE TABLE "archives" (
	"shop_id" bigint NOT NULL,
	"id" text NOT NULL,
	"state" text NOT NULL,
	"held_by" text,
	"held_until" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"file_id" text,
	"done" bigint NOT NULL,
	"total" bigint NOT NULL,
	"bytes" bigint,
	"pieces" bigint,
	"reason" text,
	"started_at" bigint NOT NULL,
	"finished_at" bigint,
	CONSTRAINT "archives_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "carts" (
	"shop_id" bigint NOT NULL,
	"token" text NOT NULL,
	"cart_token" text,
	"customer_id" text,
	"email" text,
	"phone" text,
	"lines" json NOT NULL,
	"currency" text NOT NULL,
	"total" bigint NOT NULL,
	"recovery_url" text,
	"created_at" bigint NOT NULL,
	"activity_at" bigint NOT NULL,
	"completed_at" bigint,
	"deleted_at" bigint,
	"order_platform_id" text,
	"triggered_at" bigint NOT NULL,
	"body_hash" text NOT NULL,
	CONSTRAINT "carts_shop_id_token_pk" PRIMARY KEY("shop_id","token")
);
--> statement-breakpoint
CREATE TABLE "woo_handovers" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"store_url" text NOT NULL,
	"locale" text NOT NULL,
	"state" text NOT NULL,
	"failures" bigint NOT NULL,
	"outcome" text,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "coupons" (
	"shop_id" bigint NOT NULL,
	"platform_id" text NOT NULL,
	"code" text NOT NULL,
	"state" text NOT NULL,
	"usage_count" bigint NOT NULL,
	"usage_limit" bigint,
	"expires_at" bigint,
	"ours" boolean NOT NULL,
	"updated_at" bigint NOT NULL,
	"triggered_at" bigint NOT NULL,
	"body_hash" text NOT NULL,
	"deleted_at" bigint,
	CONSTRAINT "coupons_shop_id_platform_id_pk" PRIMARY KEY("shop_id","platform_id")
);
--> statement-breakpoint
CREATE TABLE "customer_consents" (
	"shop_id" bigint NOT NULL,
	"customer_id" text NOT NULL,
	"channel" text NOT NULL,
	"state" text NOT NULL,
	"at" bigint NOT NULL,
	"source" text NOT NULL,
	"evidence" text,
	CONSTRAINT "customer_consents_shop_id_customer_id_channel_pk" PRIMARY KEY("shop_id","customer_id","channel")
);
--> statement-breakpoint
CREATE TABLE "customer_identities" (
	"shop_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"customer_id" text NOT NULL,
	CONSTRAINT "customer_identities_shop_id_kind_value_pk" PRIMARY KEY("shop_id","kind","value")
);
--> statement-breakpoint
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
CREATE TABLE "customer_search" (
	"shop_id" bigint NOT NULL,
	"term" text NOT NULL,
	"customer_id" text NOT NULL,
	CONSTRAINT "customer_search_shop_id_term_customer_id_pk" PRIMARY KEY("shop_id","term","customer_id")
);
--> statement-breakpoint
CREATE TABLE "customer_tags" (
	"shop_id" bigint NOT NULL,
	"customer_id" text NOT NULL,
	"tag" text NOT NULL,
	"present" boolean NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "customer_tags_shop_id_customer_id_tag_pk" PRIMARY KEY("shop_id","customer_id","tag")
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"shop_id" bigint NOT NULL,
	"id" text NOT NULL,
	"platform_id" text,
	"email" text,
	"phone" text,
	"first_name" text,
	"last_name" text,
	"locale" text,
	"country" text,
	"note" text,
	"registered_at" bigint,
	"updated_at" bigint NOT NULL,
	"triggered_at" bigint NOT NULL,
	"body_hash" text NOT NULL,
	"said_at" json,
	"created_at" bigint NOT NULL,
	"deleted_at" bigint,
	"erased_at" bigint,
	"merged_into" text,
	"merged_at" bigint,
	CONSTRAINT "customers_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "file_pieces" (
	"shop_id" bigint NOT NULL,
	"file_id" text NOT NULL,
	"piece" bigint NOT NULL,
	"content" "bytea" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "file_pieces_shop_id_file_id_piece_pk" PRIMARY KEY("shop_id","file_id","piece")
);
--> statement-breakpoint
CREATE TABLE "import_runs" (
	"shop_id" bigint NOT NULL,
	"id" text NOT NULL,
	"file" text NOT NULL,
	"format" text NOT NULL,
	"earns" boolean NOT NULL,
	"dry_run" boolean NOT NULL,
	"state" text NOT NULL,
	"held_by" text,
	"held_until" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"total_bytes" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	"position" bigint NOT NULL,
	"rows" bigint NOT NULL,
	"orders" bigint NOT NULL,
	"created" bigint NOT NULL,
	"unchanged" bigint NOT NULL,
	"refused" bigint NOT NULL,
	"refusals" json NOT NULL,
	"error_code" text,
	"reason" text,
	"started_at" bigint NOT NULL,
	"finished_at" bigint,
	CONSTRAINT "import_runs_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"shop_id" bigint NOT NULL,
	"id" text NOT NULL,
	"delivery_id" text NOT NULL,
	"topic" text NOT NULL,
	"body" "bytea",
	"triggered_at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"state" text NOT NULL,
	"attempts" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"applied_at" bigint,
	"error_code" text,
	"reason" text,
	"customer_id" text,
	CONSTRAINT "inbox_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "customer_stats" (
	"shop_id" bigint NOT NULL,
	"customer_id" text NOT NULL,
	"place" bigint NOT NULL,
	"orders" bigint NOT NULL,
	"revenue" bigint NOT NULL,
	"first_day" text,
	"last_day" text,
	"points" text NOT NULL,
	CONSTRAINT "customer_stats_shop_id_customer_id_pk" PRIMARY KEY("shop_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "insight_channels" (
	"shop_id" bigint NOT NULL,
	"channel" bigint NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "insight_channels_shop_id_channel_pk" PRIMARY KEY("shop_id","channel")
);
--> statement-breakpoint
CREATE TABLE "insight_chunks" (
	"shop_id" bigint NOT NULL,
	"chunk" bigint NOT NULL,
	"revision" bigint NOT NULL,
	"columns" "bytea" NOT NULL,
	CONSTRAINT "insight_chunks_shop_id_chunk_pk" PRIMARY KEY("shop_id","chunk")
);
--> statement-breakpoint
CREATE TABLE "insight_dirty" (
	"shop_id" bigint NOT NULL,
	"customer_id" text NOT NULL,
	CONSTRAINT "insight_dirty_shop_id_customer_id_pk" PRIMARY KEY("shop_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "insight_points" (
	"shop_id" bigint NOT NULL,
	"day" text NOT NULL,
	"issued" bigint NOT NULL,
	"redeemed" bigint NOT NULL,
	"expired" bigint NOT NULL,
	"adjusted" bigint NOT NULL,
	"remaining" bigint NOT NULL,
	CONSTRAINT "insight_points_shop_id_day_pk" PRIMARY KEY("shop_id","day")
);
--> statement-breakpoint
CREATE TABLE "insight_versions" (
	"shop_id" bigint NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "insight_versions_shop_id_pk" PRIMARY KEY("shop_id")
);
--> statement-breakpoint
CREATE TABLE "shop_economics" (
	"shop_id" bigint PRIMARY KEY NOT NULL,
	"gross_margin" bigint,
	"acquisition_cost" bigint,
	"point_cost" bigint
);
--> statement-breakpoint
CREATE TABLE "order_facts" (
	"shop_id" bigint NOT NULL,
	"order_platform_id" text NOT NULL,
	"kind" text NOT NULL,
	"fact_id" text NOT NULL,
	"at" bigint NOT NULL,
	"in_full" boolean NOT NULL,
	"as_fact" boolean NOT NULL,
	"data" json,
	CONSTRAINT "order_facts_shop_id_order_platform_id_kind_fact_id_pk" PRIMARY KEY("shop_id","order_platform_id","kind","fact_id")
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"shop_id" bigint NOT NULL,
	"order_id" text NOT NULL,
	"line" bigint NOT NULL,
	"platform_id" text NOT NULL,
	"product_id" text,
	"variant_id" text,
	"sku" text,
	"title" text NOT NULL,
	"vendor" text,
	"quantity" bigint NOT NULL,
	"unit_price" bigint NOT NULL,
	"discount" bigint NOT NULL,
	"tax_included" bigint NOT NULL,
	"gift_card" boolean NOT NULL,
	"refunded_quantity" bigint NOT NULL,
	"refunded_amount" bigint NOT NULL,
	CONSTRAINT "order_lines_shop_id_order_id_line_pk" PRIMARY KEY("shop_id","order_id","line")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"shop_id" bigint NOT NULL,
	"id" text NOT NULL,
	"platform_id" text NOT NULL,
	"number" text NOT NULL,
	"customer_id" text,
	"placed_at" bigint NOT NULL,
	"placed_day" text NOT NULL,
	"paid_at" bigint,
	"cancelled_at" bigint,
	"deleted" boolean NOT NULL,
	"financial" text NOT NULL,
	"counts" boolean NOT NULL,
	"test" boolean NOT NULL,
	"currency" text NOT NULL,
	"total" bigint NOT NULL,
	"refunded" bigint NOT NULL,
	"plain_refunds" json NOT NULL,
	"shipping" bigint NOT NULL,
	"tax" bigint NOT NULL,
	"discount" bigint NOT NULL,
	"credit_paid" bigint NOT NULL,
	"net" bigint NOT NULL,
	"source" text NOT NULL,
	"checkout_token" text,
	"discount_codes" json NOT NULL,
	"fulfilled_at" bigint,
	"delivered_at" bigint,
	"earns" boolean NOT NULL,
	"import_id" text,
	"reread_since" bigint,
	"updated_at" bigint NOT NULL,
	"triggered_at" bigint NOT NULL,
	"progress" text NOT NULL,
	"body_hash" text NOT NULL,
	CONSTRAINT "orders_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "points_accounts" (
	"shop_id" bigint NOT NULL,
	"customer_id" text NOT NULL,
	"pending" bigint NOT NULL,
	"available" bigint NOT NULL,
	"reserved" bigint NOT NULL,
	"lifetime_earned" bigint NOT NULL,
	"spends" bigint NOT NULL,
	"due_at" bigint,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "points_accounts_shop_id_customer_id_pk" PRIMARY KEY("shop_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "points_checks" (
	"shop_id" bigint PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"ok" boolean NOT NULL,
	"transactions" bigint NOT NULL,
	"postings" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "points_lots" (
	"shop_id" bigint NOT NULL,
	"source" text NOT NULL,
	"rule" text NOT NULL,
	"customer_id" text NOT NULL,
	"granted" bigint NOT NULL,
	"pending" bigint NOT NULL,
	"available" bigint NOT NULL,
	"reserved" bigint NOT NULL,
	"redeemed" bigint NOT NULL,
	"removed" bigint NOT NULL,
	"expired" bigint NOT NULL,
	"available_at" bigint NOT NULL,
	"expires_at" bigint,
	"term_ends_at" bigint,
	CONSTRAINT "points_lots_shop_id_source_rule_pk" PRIMARY KEY("shop_id","source","rule")
);
--> statement-breakpoint
CREATE TABLE "points_postings" (
	"shop_id" bigint NOT NULL,
	"customer_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"line" bigint NOT NULL,
	"account" text NOT NULL,
	"lot" text,
	"amount" bigint NOT NULL,
	"available_at" bigint,
	"expires_at" bigint,
	"term_ends_at" bigint,
	CONSTRAINT "points_postings_shop_id_customer_id_seq_line_pk" PRIMARY KEY("shop_id","customer_id","seq","line")
);
--> statement-breakpoint
CREATE TABLE "points_spends" (
	"shop_id" bigint NOT NULL,
	"id" text NOT NULL,
	"customer_id" text NOT NULL,
	"kind" text NOT NULL,
	"amount" bigint NOT NULL,
	"reserved_at" bigint NOT NULL,
	"state" text NOT NULL,
	"settled_at" bigint,
	CONSTRAINT "points_spends_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "points_transactions" (
	"shop_id" bigint NOT NULL,
	"customer_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"kind" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"input_hash" text NOT NULL,
	"order_id" text,
	"rule_version" bigint,
	"reference" text,
	"effective_at" bigint NOT NULL,
	"posted_at" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "points_transactions_shop_id_customer_id_seq_pk" PRIMARY KEY("shop_id","customer_id","seq")
);
--> statement-breakpoint
CREATE TABLE "program_versions" (
	"shop_id" bigint NOT NULL,
	"version" bigint NOT NULL,
	"effective_from" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"actor" text NOT NULL,
	"rules" json NOT NULL,
	CONSTRAINT "program_versions_shop_id_version_pk" PRIMARY KEY("shop_id","version")
);
--> statement-breakpoint
CREATE TABLE "exports" (
	"shop_id" bigint NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"request_id" text,
	"customer_id" text,
	"created_at" bigint NOT NULL,
	"json" "bytea",
	"csv" "bytea",
	CONSTRAINT "exports_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "products" (
	"shop_id" bigint NOT NULL,
	"platform_id" text NOT NULL,
	"title" text NOT NULL,
	"type" text,
	"vendor" text,
	"tags" json NOT NULL,
	"collections" json NOT NULL,
	"state" text NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"triggered_at" bigint NOT NULL,
	"body_hash" text NOT NULL,
	"deleted_at" bigint,
	CONSTRAINT "products_shop_id_platform_id_pk" PRIMARY KEY("shop_id","platform_id")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"shop_id" bigint NOT NULL,
	"id" text NOT NULL,
	"at" bigint NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"target" text,
	"reason" text,
	"before" json,
	"after" json,
	CONSTRAINT "audit_log_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"shop_id" bigint NOT NULL,
	"id" text NOT NULL,
	"file" text NOT NULL,
	"format" text NOT NULL,
	"earns" boolean NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "imports_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "shop_zones" (
	"shop_id" bigint NOT NULL,
	"from_at" bigint NOT NULL,
	"time_zone" text NOT NULL,
	CONSTRAINT "shop_zones_shop_id_from_at_pk" PRIMARY KEY("shop_id","from_at")
);
--> statement-breakpoint
CREATE TABLE "shops" (
	"id" bigint PRIMARY KEY NOT NULL,
	"platform" text NOT NULL,
	"domain" text NOT NULL,
	"state" text NOT NULL,
	"name" text,
	"currency" text NOT NULL,
	"time_zone" text NOT NULL,
	"locale" text NOT NULL,
	"calendar" text NOT NULL,
	"country" text,
	"show_toman" boolean,
	"store_url" text,
	"store_currency" text,
	"webhooks_stopped_at" bigint,
	"program_start" bigint NOT NULL,
	"scopes" text,
	"webhook_secret" text,
	"access_token" text,
	"access_expires_at" bigint,
	"refresh_token" text,
	"refresh_expires_at" bigint,
	"previous_refresh_token" text,
	"refresh_lease_until" bigint,
	"access_refused_at" bigint,
	"profile_updated_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"installed_at" bigint,
	"uninstalled_at" bigint,
	"erased_at" bigint
);
--> statement-breakpoint
CREATE TABLE "order_rereads" (
	"shop_id" bigint NOT NULL,
	"order_platform_id" text NOT NULL,
	"since" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	CONSTRAINT "order_rereads_shop_id_order_platform_id_pk" PRIMARY KEY("shop_id","order_platform_id")
);
--> statement-breakpoint
CREATE TABLE "shop_syncs" (
	"shop_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"due_at" bigint,
	"operation_id" text,
	"asked_at" bigint,
	"position" bigint NOT NULL,
	"cursor" json,
	"count" bigint NOT NULL,
	"refused" bigint NOT NULL,
	"total" bigint,
	"attempts" bigint NOT NULL,
	"error_code" text,
	"reason" text,
	"started_at" bigint NOT NULL,
	"finished_at" bigint,
	CONSTRAINT "shop_syncs_shop_id_kind_pk" PRIMARY KEY("shop_id","kind")
);
--> statement-breakpoint
CREATE TABLE "job_runs" (
	"name" text NOT NULL,
	"at" bigint NOT NULL,
	"ok" boolean NOT NULL,
	"ms" bigint NOT NULL,
	CONSTRAINT "job_runs_name_at_pk" PRIMARY KEY("name","at")
);
--> statement-breakpoint
CREATE TABLE "customer_tiers" (
	"shop_id" bigint NOT NULL,
	"customer_id" text NOT NULL,
	"tier" text,
	"since" bigint NOT NULL,
	"reached_at" bigint,
	"kept_until" bigint,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "customer_tiers_shop_id_customer_id_pk" PRIMARY KEY("shop_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "tier_moves" (
	"shop_id" bigint NOT NULL,
	"id" text NOT NULL,
	"customer_id" text NOT NULL,
	"from_tier" text,
	"to_tier" text,
	"reason" text NOT NULL,
	"figures" json NOT NULL,
	"at" bigint NOT NULL,
	"program_version" bigint NOT NULL,
	"actor" text NOT NULL,
	CONSTRAINT "tier_moves_shop_id_id_pk" PRIMARY KEY("shop_id","id")
);
--> statement-breakpoint
CREATE TABLE "tier_pins" (
	"shop_id" bigint NOT NULL,
	"order_id" text NOT NULL,
	"tier" text,
	CONSTRAINT "tier_pins_shop_id_order_id_pk" PRIMARY KEY("shop_id","order_id")
);
--> statement-breakpoint
CREATE INDEX "api_idempotency_created" ON "api_idempotency" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "api_idempotency_customer" ON "api_idempotency" USING btree ("shop_id","customer_id");--> statement-breakpoint
CREATE INDEX "archives_open" ON "archives" USING btree ("held_until") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "archives_started" ON "archives" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "carts_customer" ON "carts" USING btree ("shop_id","customer_id");--> statement-breakpoint
CREATE INDEX "carts_activity" ON "carts" USING btree ("shop_id","activity_at");--> statement-breakpoint
CREATE INDEX "woo_handovers_expires" ON "woo_handovers" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "coupons_code" ON "coupons" USING btree ("shop_id","code");--> statement-breakpoint
CREATE INDEX "customer_identities_customer" ON "customer_identities" USING btree ("shop_id","customer_id");--> statement-breakpoint
CREATE INDEX "customer_notes_customer" ON "customer_notes" USING btree ("shop_id","customer_id","at");--> statement-breakpoint
CREATE INDEX "customer_search_customer" ON "customer_search" USING btree ("shop_id","customer_id","term");--> statement-breakpoint
CREATE INDEX "customers_merged" ON "customers" USING btree ("shop_id","merged_into") WHERE "customers"."merged_into" is not null;--> statement-breakpoint
CREATE INDEX "file_pieces_created" ON "file_pieces" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "import_runs_open" ON "import_runs" USING btree ("held_until") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "import_runs_ended" ON "import_runs" USING btree ("finished_at");--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_delivery" ON "inbox" USING btree ("shop_id","delivery_id");--> statement-breakpoint
CREATE INDEX "inbox_due" ON "inbox" USING btree ("shop_id","due_at","id") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "inbox_parked" ON "inbox" USING btree ("shop_id","id") WHERE state = 'parked';--> statement-breakpoint
CREATE INDEX "inbox_customer" ON "inbox" USING btree ("shop_id","customer_id") WHERE body is not null and customer_id is not null;--> statement-breakpoint
CREATE INDEX "inbox_bodies" ON "inbox" USING btree ("applied_at") WHERE body is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "customer_stats_place" ON "customer_stats" USING btree ("shop_id","place");--> statement-breakpoint
CREATE INDEX "orders_platform" ON "orders" USING btree ("shop_id","platform_id");--> statement-breakpoint
CREATE INDEX "orders_number" ON "orders" USING btree ("shop_id","number");--> statement-breakpoint
CREATE INDEX "orders_customer" ON "orders" USING btree ("shop_id","customer_id","placed_at");--> statement-breakpoint
CREATE INDEX "points_accounts_due" ON "points_accounts" USING btree ("shop_id","due_at");--> statement-breakpoint
CREATE INDEX "points_lots_customer" ON "points_lots" USING btree ("shop_id","customer_id");--> statement-breakpoint
CREATE INDEX "points_spends_customer" ON "points_spends" USING btree ("shop_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "points_transactions_key" ON "points_transactions" USING btree ("shop_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "audit_log_target" ON "audit_log" USING btree ("shop_id","target");--> statement-breakpoint
CREATE UNIQUE INDEX "shops_domain" ON "shops" USING btree ("platform","domain");--> statement-breakpoint
CREATE INDEX "shop_syncs_due" ON "shop_syncs" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "customer_tiers_kept" ON "customer_tiers" USING btree ("shop_id","kept_until");--> statement-breakpoint
CREATE INDEX "customer_tiers_tier" ON "customer_tiers" USING btree ("shop_id","tier","customer_id");--> statement-breakpoint
CREATE INDEX "tier_moves_customer" ON "tier_moves" USING btree ("shop_id","customer_id");