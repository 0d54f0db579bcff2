CREATE TABLE "points_running" (
	"shop_id" bigint NOT NULL,
	"customer_id" text NOT NULL,
	"placed_at" bigint NOT NULL,
	"platform_id" text NOT NULL,
	"terms" text NOT NULL,
	"used" json NOT NULL,
	CONSTRAINT "points_running_shop_id_customer_id_pk" PRIMARY KEY("shop_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "tier_sums" (
	"shop_id" bigint NOT NULL,
	"customer_id" text NOT NULL,
	"placed_at" bigint NOT NULL,
	"platform_id" text NOT NULL,
	"terms" text NOT NULL,
	"version" bigint NOT NULL,
	"sums" json NOT NULL,
	CONSTRAINT "tier_sums_shop_id_customer_id_pk" PRIMARY KEY("shop_id","customer_id")
);
--> statement-breakpoint
ALTER TABLE "insight_dirty" ADD COLUMN "noted_at" bigint;--> statement-breakpoint
ALTER TABLE "points_accounts" ADD COLUMN "spent_at" bigint;--> statement-breakpoint
ALTER TABLE "points_accounts" ADD COLUMN "reached_at" bigint;