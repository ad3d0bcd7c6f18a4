#!/bin/sh
# Uploads a package to the bucket of each Region and prints its URL. What it holds is part of its key, so that a package that is there
# already is that package.
#
#   upload.sh PACKAGE.zip
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/settings.sh"

{ [ $# -eq 1 ] && [ -f "$1" ]; } || refuse "usage: upload.sh PACKAGE.zip"
hash=$( (sha256sum "$1" || shasum -a 256 "$1") 2>/dev/null | cut -c 1-16)
key=$(basename "$1" .zip)-$hash.zip

for region in $(regions); do
  if ! said=$(aws s3api put-object --region "$region" --bucket "$PACKAGE_BUCKETS-$region" --key "$key" --body "$1" --if-none-match '*' 2>&1); then
    case $said in
      *PreconditionFailed*) ;;
      *) echo "$said" >&2 && exit 1 ;;
    esac
  fi
done
echo "s3://$PACKAGE_BUCKETS-{Region}/$key"
