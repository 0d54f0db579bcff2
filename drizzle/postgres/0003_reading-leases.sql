ALTER TABLE "shop_syncs" ADD COLUMN "held_by" text;--> statement-breakpoint
ALTER TABLE "shop_syncs" ADD COLUMN "held_until" bigint;