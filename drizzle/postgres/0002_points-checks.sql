CREATE TABLE "points_checks" (
	"shop_id" bigint PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"ok" boolean NOT NULL,
	"transactions" bigint NOT NULL,
	"postings" bigint NOT NULL
);
