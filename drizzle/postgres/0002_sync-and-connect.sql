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
ALTER TABLE "shops" ADD COLUMN "store_currency" text;--> statement-breakpoint
ALTER TABLE "shop_syncs" ADD COLUMN "cursor" json;--> statement-breakpoint
CREATE INDEX "woo_handovers_expires" ON "woo_handovers" USING btree ("expires_at");