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
CREATE INDEX "customer_tiers_kept" ON "customer_tiers" USING btree ("shop_id","kept_until");--> statement-breakpoint
CREATE INDEX "tier_moves_customer" ON "tier_moves" USING btree ("shop_id","customer_id");