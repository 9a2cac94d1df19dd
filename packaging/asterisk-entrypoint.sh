#!/bin/sh
# Puts the site's files and the two secrets in their place, then starts Asterisk.
# Site files come from /site (pbx/site.sample where there is none), secrets from files:
#   OUTDIAL_ARI_PASSWORD_FILE   OUTDIAL_AMI_SECRET_FILE
set -eu

site=/etc/asterisk/site
cp /opt/outdial/pbx/site.sample/*.conf "$site/"
[ ! -d /site ] || cp /site/*.conf "$site/"

# A secret is one line without the characters that mean something to Asterisk's configuration or to sed.
put_secret() { # file key secret-file
  secret=$(cat "$3")
  case $secret in
    '' | *[!A-Za-z0-9._-]*) echo "entrypoint: $3 must hold letters, digits, dot, dash and underscore only" >&2; exit 1 ;;
  esac
  sed -i "s/^$2 *=.*/$2 = $secret/" "$site/$1"
}
put_secret ari.conf password "$OUTDIAL_ARI_PASSWORD_FILE"
put_secret manager.conf secret "$OUTDIAL_AMI_SECRET_FILE"
chown -R asterisk:asterisk "$site" /var/log/asterisk /var/lib/asterisk /run/asterisk
chmod 0640 "$site"/*.conf
# Recordings are written here, read and deleted by outdial, whose group has this number (Dockerfile).
install -d -o asterisk -g 8480 -m 2775 /var/spool/asterisk/monitor/outdial
# Without a resolver Asterisk blocks on each call to look these names up.
grep -q A.ROOT-SERVERS.NET /etc/hosts || [ ! -w /etc/hosts ] || echo "127.0.0.1 A.ROOT-SERVERS.NET" >>/etc/hosts
# outdial, under another user, reads the call records, and deletes recordings by its group.
umask 002
exec "$@"
