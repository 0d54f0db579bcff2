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
ALTER TABLE "shops" ADD COLUMN "store_currency" text;--> statement-breakpoint
ALTER TABLE "shop_syncs" ADD COLUMN "cursor" json;--> statement-breakpoint
CREATE INDEX "woo_handovers_expires" ON "woo_handovers" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "coupons_code" ON "coupons" USING btree ("shop_id","code");