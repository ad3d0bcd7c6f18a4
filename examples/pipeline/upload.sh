#!/bin/sh
# Uploads a package to the bucket of each Region and prints its URL. The package's SHA-256 is part of its key and kept by S3, and nothing that is
# there is replaced: register.sh compares the two.
#
#   upload.sh PACKAGE.zip
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/settings.sh"

{ [ $# -eq 1 ] && [ -f "$1" ]; } || refuse "usage: upload.sh PACKAGE.zip"
name=$(basename "$1")
valid "The package's name" "$name" '[a-z0-9-]{1,100}\.zip'
checked
hash=$( (sha256sum "$1" || shasum -a 256 "$1") 2>/dev/null | cut -c 1-64)
key=${name%.zip}-$hash.zip
owner=$(call sts get-caller-identity --query Account --output text)

for region in $(regions); do
  code=0
  said=$(aws s3api put-object --region "$region" --bucket "$PACKAGE_BUCKETS-$region" --key "$key" --body "$1" \
    --expected-bucket-owner "$owner" --checksum-algorithm SHA256 --if-none-match '*' 2>&1) || code=$?
  case $code:$said in
    0:* | *PreconditionFailed*) ;;
    *) fail "$said" ;;
  esac
done
echo "s3://$PACKAGE_BUCKETS-{Region}/$key"
