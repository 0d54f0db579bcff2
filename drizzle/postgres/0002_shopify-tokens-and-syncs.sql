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
ALTER TABLE "shops" ADD COLUMN "access_expires_at" bigint;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "refresh_token" text;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "refresh_expires_at" bigint;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "previous_refresh_token" text;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "refresh_lease_until" bigint;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "access_refused_at" bigint;--> statement-breakpoint
CREATE INDEX "shop_syncs_due" ON "shop_syncs" USING btree ("due_at");