#!/bin/bash
# Run once by the PostgreSQL image, when its data folder is empty: the database and its two roles.
# The owner migrates. The application's role can only connect; `recruitwatch migrate` grants the rest.
set -euo pipefail
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set owner_password="$(cat /run/secrets/owner_password)" \
  --set app_password="$(cat /run/secrets/app_password)" <<'SQL'
create role recruitwatch_owner login nosuperuser nocreatedb nocreaterole password :'owner_password';
create role recruitwatch_app login nosuperuser nocreatedb nocreaterole password :'app_password';
create database recruitwatch owner recruitwatch_owner;
revoke all on database recruitwatch, postgres, template1 from public;
grant connect on database recruitwatch to recruitwatch_app;
\connect recruitwatch
revoke all on schema public from public;
SQL
