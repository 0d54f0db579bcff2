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
CREATE INDEX "coupons_code" ON "coupons" USING btree ("shop_id","code");